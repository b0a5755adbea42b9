//! The typed facts of a segment's postings: a column each, all in memory.

use crate::occupations::{PICKER, PickerItemId};
use crate::postings::facts::WageForm;
use crate::postings::posting::Posting;
use crate::postings::{EstablishmentNumber, Flags, PostingNumber, PublishingScope, Wage, Yen};
use std::io;

/// Declares the columns: their row, their collection, and how they are written and read.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {
        /// The facts of one posting as numbers. 0 says "not stated" unless a field says otherwise.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Facts { $($(#[$doc])* pub $name: $type),+ }

        /// The facts of all postings of a segment.
        #[derive(Debug, Default)]
        pub struct Columns { $($(#[$doc])* pub $name: Vec<$type>),+ }

        impl Columns {
            /// Adds a posting's facts at the end.
            pub fn push(&mut self, facts: &Facts) {
                $(self.$name.push(facts.$name);)+
            }

            /// The facts of one posting.
            #[must_use]
            pub fn get(&self, at: usize) -> Facts {
                Facts { $($name: self.$name[at]),+ }
            }

            /// The columns one after the other, little-endian.
            #[must_use]
            pub fn bytes(&self) -> Vec<u8> {
                let mut bytes = Vec::new();
                $(self.$name.iter().for_each(|value| bytes.extend(value.to_le_bytes()));)+
                bytes
            }

            /// Reads the columns of `count` postings.
            ///
            /// # Errors
            /// If the bytes are not as many as that takes.
            pub fn read(mut bytes: &[u8], count: usize) -> io::Result<Self> {
                let columns = Self { $($name: {
                    let (column, rest) = bytes.split_at_checked(count * size_of::<$type>()).ok_or(io::ErrorKind::UnexpectedEof)?;
                    bytes = rest;
                    column.chunks_exact(size_of::<$type>()).map(|value| <$type>::from_le_bytes(value.try_into().unwrap_or_default())).collect()
                }),+ };
                if bytes.is_empty() { Ok(columns) } else { Err(io::ErrorKind::InvalidData.into()) }
            }
        }
    };
}

columns! {
    /// 求人番号, see [`number_key`].
    number: u64,
    /// 受付年月日, days since 1970.
    received: i32,
    /// The last day on which one can apply, days since 1970.
    deadline: i32,
    /// 事業所番号, see `establishment_key`.
    establishment: u64,
    /// [`Flags`], a bit each.
    flags: u64,
    /// Picker items, a byte each: see `item_key`.
    items: u64,
    /// JIS code of the municipality.
    municipality: u32,
    /// Monthly wage (a + b) at least, yen.
    wage_month: u32,
    /// Monthly wage (a + b + c) at least, yen.
    wage_month_fixed: u32,
    /// Hourly wage (a + b) at least, yen.
    wage_hour: u32,
    /// Hourly wage (a + b + c) at least, yen.
    wage_hour_fixed: u32,
    /// (a + b) for one hour, at least, yen: what wages are sorted by.
    hourly: u32,
    /// Staff of the enterprise.
    staff: u32,
    /// First working time: start in the upper, end in the lower 16 bits, minutes, plus one each.
    hours_1: u32,
    /// Second working time, likewise.
    hours_2: u32,
    /// Third working time, likewise.
    hours_3: u32,
    /// Days off a year.
    days_off: u16,
    /// Average overtime a month in hours, plus one.
    overtime: u16,
    /// Youngest age accepted.
    age_from: u8,
    /// Oldest age accepted; 255 where no limit is stated.
    age_to: u8,
    /// [`Kind`] plus one.
    kind: u8,
    /// [`WorkTime`] plus one.
    time: u8,
    /// [`EmploymentForm`] plus one.
    form: u8,
    /// [`PublishingScope`] as a number from 1.
    scope: u8,
    /// JIS code of the prefecture.
    prefecture: u8,
    /// Major class of the industry, 1 for A.
    industry_major: u8,
    /// Middle class of the industry.
    industry_middle: u8,
}

impl Facts {
    /// The facts of a posting.
    #[must_use]
    pub fn of(posting: &Posting) -> Self {
        let [hours_1, hours_2, hours_3] = std::array::from_fn(|at| posting.hours.get(at).map_or(0, hours_key));
        let month = [Some((WageForm::Monthly, 1)), Some((WageForm::Annual, 12))];
        let hour = [Some((WageForm::Hourly, 1)), None];
        Self {
            number: number_key(&posting.number),
            received: posting.received_on.epoch_days(),
            deadline: posting.deadline.epoch_days(),
            establishment: posting.establishment_number.as_ref().map_or(0, establishment_key),
            flags: flag_bits(posting.flags),
            items: posting.picker_items.iter().take(8).fold(0, |all, item| all << 8 | u64::from(item_key(*item))),
            municipality: posting.municipality.unwrap_or_default(),
            wage_month: least(&posting.wage, month, false),
            wage_month_fixed: least(&posting.wage, month, true),
            wage_hour: least(&posting.wage, hour, false),
            wage_hour_fixed: least(&posting.wage, hour, true),
            hourly: posting.wage.hourly_equivalent.map_or(0, |yen| yen.from),
            staff: posting.staff.unwrap_or_default(),
            hours_1,
            hours_2,
            hours_3,
            days_off: posting.days_off.unwrap_or_default(),
            overtime: posting.overtime.map_or(0, |hours| hours.saturating_add(1)),
            age_from: posting.ages.0.unwrap_or_default(),
            age_to: posting.ages.1.unwrap_or(u8::MAX),
            kind: posting.kind as u8 + 1,
            time: posting.work_time.map_or(0, |time| time as u8 + 1),
            form: posting.form.map_or(0, |form| form as u8 + 1),
            scope: posting.scope as u8 + 1,
            prefecture: posting.prefecture.unwrap_or_default(),
            industry_major: posting.industry_major.and_then(major_key).unwrap_or_default(),
            industry_middle: posting.industry_middle.unwrap_or_default(),
        }
    }
}

/// The wage at least, in yen per month or hour, if the posting's form is one of those named, each with the number of units in its own.
fn least(wage: &Wage, forms: [Option<(WageForm, u32)>; 2], with_fixed_overtime: bool) -> u32 {
    let Some((_, units)) = forms.into_iter().flatten().find(|(form, _)| Some(*form) == wage.form) else { return 0 };
    let fixed = wage.fixed_overtime.filter(|_| with_fixed_overtime).unwrap_or(Yen { from: 0, to: 0 });
    wage.total.map_or(0, |total| total.plus(fixed).from / units)
}

fn flag_bits(flags: Flags) -> u64 {
    flags.iter().fold(0, |bits, flag| bits | 1 << flag as u8)
}

/// A working time as one number: start and end in minutes plus one.
fn hours_key((start, end): &(u16, u16)) -> u32 {
    u32::from(start.saturating_add(1)) << 16 | u32::from(end.saturating_add(1))
}

/// Start and end in minutes of a working time written by `hours_key`.
#[must_use]
pub const fn hours_of(key: u32) -> (u32, u32) {
    ((key >> 16).saturating_sub(1), (key & 0xffff).saturating_sub(1))
}

/// A picker item as one byte: its place among all items, from 1.
#[must_use]
pub fn item_key(item: PickerItemId) -> u8 {
    let before: usize = PICKER.iter().take_while(|group| group.code < item.group).map(|group| group.items.len()).sum();
    u8::try_from(before + usize::from(item.item)).unwrap_or_default()
}

/// The major class of an industry as a number: 1 for A; `None` for what is no capital letter.
#[must_use]
pub fn major_key(code: char) -> Option<u8> {
    code.is_ascii_uppercase().then(|| code as u8 - b'A' + 1)
}

/// A posting number as one number that sorts like it and reads back as it: office, length of the serial, serial.
#[must_use]
pub fn number_key(number: &PostingNumber) -> u64 {
    number.as_str().split_once('-').map_or(0, |(office, serial)| digits(office) << 32 | (serial.len() as u64) << 28 | digits(serial))
}

/// The posting number of a key.
#[must_use]
pub fn number_of(key: u64) -> Option<PostingNumber> {
    let width = usize::try_from(key >> 28 & 0xf).unwrap_or_default();
    format!("{:05}-{:0width$}", key >> 32, key & 0xfff_ffff).parse().ok()
}

/// An establishment number as one number; different numbers give different ones.
#[must_use]
pub fn establishment_key(number: &EstablishmentNumber) -> u64 {
    let mut parts = number.as_str().split('-');
    let (office, serial, check) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    1 << 63 | digits(office) << 40 | (serial.len() as u64) << 32 | digits(serial) << 8 | digits(check)
}

fn digits(text: &str) -> u64 {
    text.parse().unwrap_or_default()
}

/// Whether names of this scope column are for everyone.
#[must_use]
pub const fn is_named_to_everyone(scope: u8) -> bool {
    scope == PublishingScope::Everyone as u8 + 1
}

/// Whether names of this scope column are for registered seekers.
#[must_use]
pub const fn is_named_to_seekers(scope: u8) -> bool {
    is_named_to_everyone(scope) || scope == PublishingScope::RegisteredSeekers as u8 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_number_reads_back_from_its_key_and_sorts_like_it() {
        let numbers = ["01010-1", "01010-9", "01010-01", "13010-12345678", "99999-00000001"];
        let keys: Vec<u64> = numbers.map(|n| number_key(&n.parse().expect("a number"))).to_vec();
        for (number, key) in numbers.iter().zip(&keys) {
            assert_eq!(number_of(*key).map(|n| n.to_string()).as_deref(), Some(*number));
        }
        assert!(keys.is_sorted());
    }

    #[test]
    fn every_picker_item_has_a_key_of_its_own() {
        let keys: Vec<u8> = crate::occupations::picker_codes().filter_map(|code| PickerItemId::from_code(&code)).map(item_key).collect();
        assert!(keys.iter().copied().eq(1..=179));
    }

    #[test]
    fn establishment_numbers_with_and_without_leading_zeros_differ() {
        let key = |text: &str| establishment_key(&text.parse().expect("a number"));
        assert_ne!(key("1301-1-1"), key("1301-01-1"));
        assert_ne!(key("1301-123456-1"), key("1301-123456-2"));
    }

    #[test]
    fn columns_read_back_and_what_is_cut_off_is_refused() {
        let mut columns = Columns::default();
        for number in 0..5 {
            columns.push(&Facts { number, received: -3, kind: 2, ..Facts::default() });
        }
        let bytes = columns.bytes();
        let read = Columns::read(&bytes, 5).expect("whole");
        assert_eq!((0..5).map(|at| read.get(at)).collect::<Vec<_>>(), (0..5).map(|at| columns.get(at)).collect::<Vec<_>>());
        assert!(Columns::read(&bytes[1..], 5).is_err());
        assert!(Columns::read(&bytes, 4).is_err());
    }
}
