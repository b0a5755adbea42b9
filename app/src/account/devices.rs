//! Signing out elsewhere.

use super::answer::{Answer, clear_phone, redirect, set_cookie};
use super::sign_in::signed_out;
use super::visit::{Fields, Visit};
use crate::sessions::{self, cookies::Cookie};

/// POST `/account/devices/sign-out`: ends one session of one's own. Sent again, nothing more happens.
pub async fn sign_out_one(visit: Visit, fields: Fields) -> Answer {
    let user = visit.owner()?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    sessions::db::end(&mut transaction, &user.account, fields.get("id")).await?;
    transaction.commit().await?;
    Ok(redirect("/account?said=device-signed-out"))
}

/// POST `/account/devices/sign-out-everywhere`: ends all sessions, this one too, and trusts no browser any more.
pub async fn sign_out_everywhere(visit: Visit, _fields: Fields) -> Answer {
    if let Some(user) = &visit.user {
        let mut transaction = visit.accounts.state.database.begin().await?;
        sessions::db::end_all(&mut transaction, &user.account, None).await?;
        transaction.commit().await?;
    }
    let mut response = signed_out(&visit);
    clear_phone(&mut response);
    set_cookie(&mut response, &visit.accounts.settings.cookies().forget(Cookie::Device));
    Ok(response)
}
