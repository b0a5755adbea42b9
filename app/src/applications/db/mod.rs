//! The only SQL about applications.

mod drafts;
mod events;
mod reads;
mod records;
mod texts;

#[cfg(test)]
mod tests;

pub use drafts::{Stored, discard_draft, draft, drafts, save_draft};
pub use events::{add as add_event, of as events};
pub use reads::{add as add_read, of as reads};
pub use records::{
    Ended, NewApplication, add, anonymise, draw_letter_number, find, find_locked, has_open, of_account, of_establishment, referrals_of,
    set_answered, set_ended, set_opened,
};
pub use texts::{Texts, add as add_texts, of as texts};
