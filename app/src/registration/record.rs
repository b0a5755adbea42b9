//! What is known of a registration beside its sections: what kind it is, how long it is valid, what staff confirmed.

use super::confirmed::StaffConfirmed;
use super::text_form::choices;
use super::validity::Standing;
use crate::date::Date;

choices! {
    /// オンライン登録者 / ハローワーク利用登録者.
    RegistrantKind {
        /// オンライン登録者
        Online = "online" registration_record_kind_online,
        /// ハローワーク利用登録者: has been to an office, and staff have checked the data.
        Office = "office" registration_record_kind_office,
    }
}

/// A registration that was completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What may be done with it.
    pub kind: RegistrantKind,
    /// 求職番号, of an `Office` registrant.
    pub seeker_number: Option<String>,
    /// The day of the first completion.
    pub applied_on: Date,
    /// Until when it is valid, or since when it is not; as it was written down: ask [`Standing::on`].
    pub standing: Standing,
    /// What staff confirmed of a disability.
    pub confirmed: StaffConfirmed,
    /// When staff recorded the wishes as consulted.
    pub consulted_on: Option<Date>,
}

impl Record {
    /// Whether names with scope 2 are theirs to see (DOMAIN.md "Employer side"): a registration that is valid on `today`.
    #[must_use]
    pub fn is_active(&self, today: Date) -> bool {
        self.standing.is_active(today)
    }
}
