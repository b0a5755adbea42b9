//! 賃金: base pay (a), fixed allowances (b), fixed overtime pay (c) and other allowances (d) kept apart, as on the posting sheet.

use super::facts::WageForm;
use serde::{Deserialize, Serialize};

/// A range of yen; one amount has both ends equal. `from <= to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yen {
    /// The lower end.
    pub from: u32,
    /// The upper end.
    pub to: u32,
}

impl Yen {
    /// The sum, end by end.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { from: self.from.saturating_add(other.from), to: self.to.saturating_add(other.to) }
    }
}

/// What a posting says about wages, in yen per unit of its form (month, day, hour, year).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wage {
    /// The unit that base pay is stated in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<WageForm>,
    /// (a) base pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Yen>,
    /// (b) allowances that everyone gets, added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_allowances: Option<Yen>,
    /// (c) overtime that is paid whether it is worked or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_overtime: Option<Yen>,
    /// Hours that (c) covers, where the posting says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_overtime_hours: Option<u16>,
    /// (a + b): the stated total, else the sum of the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Yen>,
    /// (a + b) for one hour, in yen rounded down; `None` where hours or days are not stated. See `hourly_equivalent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hourly_equivalent: Option<Yen>,
}
