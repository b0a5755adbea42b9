//! The only SQL about postings.
use super::number::PostingNumber;
use super::posting::Listing;
use super::record::Record;
use crate::database::Database;
/// stand-in
pub struct Stored {
    /// x
    pub closed_at: Option<i64>,
    /// x
    pub listing: Listing,
    /// x
    pub record: Record,
}
/// stand-in
pub async fn find(_d: &Database, _n: &PostingNumber) -> Result<Option<Stored>, sqlx::Error> {
    Ok(None)
}
/// x
pub struct Change { /// x
 pub revision: i64, /// x
 pub number: PostingNumber, /// x
 pub closed: bool, /// x
 pub record: Record }
/// x
pub async fn changes_after(_: &Database, _: i64, _: u32) -> Result<Vec<Change>, sqlx::Error> { Ok(vec![]) }
