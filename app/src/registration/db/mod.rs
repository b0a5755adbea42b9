//! The only SQL about registrations.

mod changes;
mod parked;
mod reads;
mod records;
mod sealed;
mod sections;

#[cfg(test)]
mod tests;

pub use changes::{Entry as ChangeEntry, add as add_changes, of as changes};
pub use parked::{park, parked, tidy as tidy_parked, unpark};
pub use reads::{Read, add as add_read, of as reads};
pub use records::{
    Due, Person, Upgrade, begin, due_for_deletion, due_for_reminder, erase, find, find_locked, find_people, set_looked, set_person,
    set_standing, upgrade,
};
pub use sections::{
    Saved, SectionState, Stored, current_without_sealed, discard_draft, has_draft, load, promote, save, withdraw_publication,
};
