//! A mail three days before a favorite closes. It names no posting: a mailbox is read over shoulders.

use crate::account::db as accounts;
use crate::account::{AccountId, Settings};
use crate::clock::Clock;
use crate::database::Database;
use crate::date::Date;
use crate::kept::{Thing, db};
use crate::mail::{self, Letter};
use crate::postings;

/// How many days before the deadline (issue 3).
pub const DAYS_BEFORE: i32 = 3;

/// The hours of Japan's day in which mails are written [own]: nobody is woken up.
const HOURS: std::ops::Range<i64> = 8..20;

/// Favorites that are looked through together.
const TOGETHER: i64 = 500;

/// Whether a favorite's deadline is to be told on `today`, when the deadline in `told` was told already. An extended one is told anew.
#[must_use]
pub fn is_due(deadline: Date, told: Option<Date>, today: Date) -> bool {
    let left = deadline.epoch_days() - today.epoch_days();
    (0..=DAYS_BEFORE).contains(&left) && told != Some(deadline)
}

/// Whether it is a time of the day at which mails are written, `now` in milliseconds since 1970.
#[must_use]
pub fn is_daytime(now: i64) -> bool {
    HOURS.contains(&((now / 3_600_000 + 9) % 24))
}

/// Writes what is due on this day, one mail an account; gives how many. Run again, nothing is written twice.
///
/// # Errors
/// If the database fails.
pub async fn remind(database: &Database, settings: &Settings, clock: &Clock) -> Result<u64, sqlx::Error> {
    let (mut mails, mut after) = (0, (String::new(), String::new()));
    loop {
        let favorites = db::favorites_after(database, &after, TOGETHER).await?;
        let Some(last) = favorites.last() else { return Ok(mails) };
        after = (last.account.as_str().to_owned(), last.id.clone());
        let mut due: Vec<(AccountId, String, Date)> = Vec::new();
        for favorite in favorites {
            if let Some(deadline) = open_until(database, &favorite.thing).await?.filter(|day| is_due(*day, favorite.told, clock.today())) {
                due.push((favorite.account, favorite.id, deadline));
            }
        }
        for of_one in due.chunk_by(|a, b| a.0 == b.0) {
            mails += u64::from(tell(database, settings, clock, of_one).await?);
        }
    }
}

/// Until when one can apply; nothing for a posting that is closed or gone.
async fn open_until(database: &Database, thing: &Thing) -> Result<Option<Date>, sqlx::Error> {
    let Thing::Favorite(favorite) = thing else { return Ok(None) };
    let found = postings::db::find(database, &favorite.number).await?;
    Ok(found.filter(|stored| stored.closed_at.is_none()).map(|stored| stored.listing.row.deadline))
}

/// Whether there was something to tell that another process has not told meanwhile.
async fn tell(database: &Database, settings: &Settings, clock: &Clock, due: &[(AccountId, String, Date)]) -> Result<bool, sqlx::Error> {
    let Some((account, ..)) = due.first() else { return Ok(false) };
    let Some(account) = accounts::find(database, account).await? else { return Ok(false) };
    let mut transaction = database.begin().await?;
    let mut count = 0;
    for (owner, id, deadline) in due {
        count += u64::from(db::set_told(&mut transaction, owner, id, *deadline).await?);
    }
    if count == 0 {
        return Ok(false);
    }
    let (subject, body) = Letter::FavoritesClose(count).written(&settings.origin);
    mail::db::write(&mut transaction, &account.email, (subject, &body), clock.now(), None).await?;
    transaction.commit().await?;
    settings.bell.notify_one();
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_told_from_three_days_before_until_the_day_itself_and_once() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let today = day("2026-11-27");
        for (deadline, told, due) in [
            ("2026-12-01", None, false),
            ("2026-11-30", None, true),
            ("2026-11-27", None, true),
            ("2026-11-26", None, false),
            ("2026-11-30", Some("2026-11-30"), false),
            ("2026-11-30", Some("2026-11-28"), true),
        ] {
            assert_eq!(is_due(day(deadline), told.map(day), today), due, "{deadline} {told:?}");
        }
    }

    #[test]
    fn nobody_is_woken_up() {
        let hour = |utc: i64| 1_795_651_200_000 / 86_400_000 * 86_400_000 + utc * 3_600_000;
        assert!(is_daytime(hour(23)), "8 o'clock in Japan");
        assert!(is_daytime(hour(10)));
        assert!(!is_daytime(hour(11)), "20 o'clock in Japan");
        assert!(!is_daytime(hour(22)));
    }
}
