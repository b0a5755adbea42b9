//! 職種: the occupation picker of the official search form.

use serde::{Deserialize, Serialize};

/// An item of the picker: group 1–14 and item within the group. Text form `05-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PickerItemId {
    /// The group, 1–14.
    pub group: u8,
    /// The item within the group, from 1.
    pub item: u8,
}
