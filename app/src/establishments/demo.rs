//! The establishments of the demonstration: those of its first postings that take self-applications, linked to its employer.

use super::db;
use crate::account::db::find_by_email;
use crate::database::Database;
use crate::postings::{Flag, PostingNumber, PublishingScope, db as postings};

/// How many are linked.
const MANY: usize = 24;
/// How many of them at least have a posting reserved for people with disabilities, so that this way can be seen.
const RESERVED: usize = 4;
/// How many postings are looked at together.
const TOGETHER: u32 = 256;

/// Links them once there are postings; does nothing where something is linked already.
///
/// # Errors
/// If the database fails.
pub async fn link(database: &Database, employer: &str, now: i64) -> Result<(), sqlx::Error> {
    if !db::is_empty(database).await? {
        return Ok(());
    }
    let Some(employer) = find_by_email(database, employer).await? else { return Ok(()) };
    let mut transaction = database.begin().await?;
    for (name, address, numbers) in chosen(database).await? {
        let id = db::add(&mut transaction, &name, &address, now).await?;
        db::add_member(&mut transaction, &id, &employer.id).await?;
        for number in numbers {
            db::add_posting(&mut transaction, &id, &number).await?;
        }
    }
    transaction.commit().await
}

type Chosen = (String, String, Vec<PostingNumber>);

/// Name, place and postings of the first establishments whose postings take self-applications; no more are looked at than it takes.
async fn chosen(database: &Database) -> Result<Vec<Chosen>, sqlx::Error> {
    let (mut chosen, mut after): (Vec<Chosen>, Option<PostingNumber>) = (Vec::new(), None);
    loop {
        let numbers = postings::open_of_feed(database, after.as_ref(), TOGETHER).await?;
        let Some(last) = numbers.last() else { return Ok(chosen) };
        after = Some(last.clone());
        if chosen.len() == MANY {
            return Ok(chosen);
        }
        for (number, listing, _) in postings::listings(database, &numbers).await? {
            let takes = listing.row.flags.has(Flag::SelfApplication)
                && matches!(listing.scope, PublishingScope::Everyone | PublishingScope::RegisteredSeekers);
            let Some(name) = listing.row.name.filter(|_| takes) else { continue };
            let is_reserved = listing.row.flags.has(Flag::Reserved);
            let has_room = chosen.len() < if is_reserved { MANY } else { MANY - RESERVED };
            match chosen.iter_mut().find(|(known, ..)| *known == name) {
                Some((.., numbers)) => numbers.push(number),
                None if has_room => chosen.push((name, listing.row.place.unwrap_or_default(), vec![number])),
                None => {}
            }
        }
    }
}
