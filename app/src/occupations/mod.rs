//! 職種: the occupation picker of the official search form, and (on the server) the Ministry's occupational classification and the
//! picker items that a posting belongs to.

#[cfg(feature = "ssr")]
mod classes;
#[cfg(feature = "ssr")]
mod matching;
mod picker;

#[cfg(feature = "ssr")]
pub use classes::{MiddleClass, middle_class};
#[cfg(feature = "ssr")]
pub use matching::picker_items;
pub use picker::PICKER;

use serde::{Deserialize, Serialize};

/// An item of the picker: group 1–14 and item within the group. Text form `05-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PickerItemId {
    /// The group, 1–14.
    pub group: u8,
    /// The item within the group, from 1.
    pub item: u8,
}

/// A group of the picker with its items.
#[derive(Debug)]
pub struct Group {
    /// Its number, 1–14.
    pub code: u8,
    /// Its name.
    pub name: &'static str,
    /// The names of its items; the first one is item 1.
    pub items: &'static [&'static str],
}

impl PickerItemId {
    /// The item with this code (`05-01`), if the picker has it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (group, item) = code.split_once('-')?;
        let id = Self { group: two_digits(group)?, item: two_digits(item)? };
        id.name().map(|_| id)
    }

    /// The code: `05-01`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:02}-{:02}", self.group, self.item)
    }

    /// The item's name, if the picker has it.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        group(self.group)?.items.get(usize::from(self.item.checked_sub(1)?)).copied()
    }
}

/// The name of a group (`05`) or of an item (`05-01`) of the picker.
#[must_use]
pub fn picker_name(code: &str) -> Option<&'static str> {
    match PickerItemId::from_code(code) {
        Some(id) => id.name(),
        None => group(two_digits(code)?).map(|group| group.name),
    }
}

/// The items as options of a list, by group: code and name.
#[must_use]
pub fn picker_options() -> Vec<(&'static str, Vec<(String, String)>)> {
    let items = |group: &Group| {
        (1..).zip(group.items).map(|(item, name)| (PickerItemId { group: group.code, item }.code(), (*name).to_owned())).collect()
    };
    PICKER.iter().map(|group| (group.name, items(group))).collect()
}

/// The codes of all groups and items, each group before its items.
pub fn picker_codes() -> impl Iterator<Item = String> {
    PICKER.iter().flat_map(|group| {
        let items = (1..).zip(group.items).map(|(item, _)| PickerItemId { group: group.code, item }.code());
        std::iter::once(format!("{:02}", group.code)).chain(items)
    })
}

fn group(code: u8) -> Option<&'static Group> {
    PICKER.get(usize::from(code.checked_sub(1)?))
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picker_has_14_groups_and_179_items() {
        assert!(PICKER.iter().map(|group| group.code).eq(1..=14));
        assert_eq!(PICKER.iter().map(|group| group.items.len()).sum::<usize>(), 179);
    }

    #[test]
    fn every_code_has_a_name_and_every_item_is_read_back_from_its_code() {
        for code in picker_codes() {
            assert!(picker_name(&code).is_some(), "{code}");
            if code.len() > 2 {
                assert_eq!(PickerItemId::from_code(&code).map(PickerItemId::code), Some(code));
            }
        }
        assert_eq!(picker_codes().count(), 14 + 179);
    }

    #[test]
    fn a_code_that_the_picker_does_not_have_has_no_name() {
        for code in ["", "0", "00", "15", "5", "05-00", "05-10", "05-1", "5-01", "15-01", "+5", "05-", "05-01-01", "事務"] {
            assert_eq!(picker_name(code), None, "{code}");
        }
    }

    #[test]
    fn some_names_of_the_form() {
        assert_eq!(picker_name("05"), Some("介護、福祉"));
        assert_eq!(picker_name("05-01"), Some("施設介護員"));
        assert_eq!(picker_name("12-09"), picker_name("13-03"));
        assert_eq!(picker_name("01-07"), Some("金融・保険事務"));
    }
}
