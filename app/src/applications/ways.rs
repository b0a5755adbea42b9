//! 応募の方法: which ways of applying are open to somebody for a posting, and why not the others, with what to do about it (DOMAIN.md rules 2 and 3 [L]).

use crate::date::Date;
use crate::registration::record::{Record, RegistrantKind};

/// What decides.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Whether somebody is signed in as a seeker.
    pub is_seeker: bool,
    /// Their registration, once it was completed.
    pub record: Option<&'a Record>,
    /// Whether the posting can still be applied for.
    pub is_open: bool,
    /// Whether the posting says that it accepts self-applications, and its scope lets it (1 or 2).
    pub accepts_self: bool,
    /// Whether its employer has a page here.
    pub has_page: bool,
    /// Whether one's own application for it is open.
    pub has_applied: bool,
    /// Whether staff recommended it and wait for an answer.
    pub is_recommended: bool,
    /// The day.
    pub today: Date,
}

/// Why a way is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// The posting is closed or its deadline has passed.
    PostingClosed,
    /// One has applied already.
    Applied,
    /// The posting does not accept self-applications.
    NotAccepted,
    /// The employer has no page here.
    NoPage,
    /// Nobody is signed in as a seeker.
    SignIn,
    /// The registration is not complete.
    NotRegistered,
    /// The registration is inactive.
    Inactive,
    /// An `Online` registrant: an office opens it.
    OnlineOnly,
    /// Staff have not recorded the wishes as consulted.
    NotConsulted,
    /// Staff have not recommended this posting.
    NotRecommended,
    /// The employer's request, or staff's recommendation, has its answer.
    Answered,
}

impl Facts<'_> {
    /// Why no self-application, in the order in which it is to be told; open if nothing is.
    #[must_use]
    pub fn against_self(&self) -> Vec<Closed> {
        let mut against = self.against_any();
        if !self.accepts_self {
            against.push(Closed::NotAccepted);
        } else if !self.has_page {
            against.push(Closed::NoPage);
        }
        // What the posting rules out is not to be mended by signing in.
        if against.is_empty() { self.against_person() } else { against }
    }

    /// Why no online referral; open if nothing is.
    #[must_use]
    pub fn against_referral(&self) -> Vec<Closed> {
        let against = self.against_any();
        if !against.is_empty() {
            return against;
        }
        let mut against = self.against_person();
        if let Some(record) = self.record.filter(|_| against.is_empty()) {
            if record.kind == RegistrantKind::Online {
                against.push(Closed::OnlineOnly);
            } else if record.consulted_on.is_none() {
                against.push(Closed::NotConsulted);
            } else if !self.is_recommended {
                against.push(Closed::NotRecommended);
            }
        }
        against
    }

    fn against_any(&self) -> Vec<Closed> {
        if self.has_applied {
            return vec![Closed::Applied];
        }
        if self.is_open { Vec::new() } else { vec![Closed::PostingClosed] }
    }

    fn against_person(&self) -> Vec<Closed> {
        match self.record {
            _ if !self.is_seeker => vec![Closed::SignIn],
            None => vec![Closed::NotRegistered],
            Some(record) if !record.is_active(self.today) => vec![Closed::Inactive],
            Some(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::confirmed::StaffConfirmed;
    use crate::registration::validity::Standing;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn record(kind: RegistrantKind, consulted: bool) -> Record {
        Record {
            kind,
            seeker_number: None,
            applied_on: day("2026-11-25"),
            standing: Standing::begun(day("2026-11-25")),
            confirmed: StaffConfirmed::default(),
            consulted_on: consulted.then(|| day("2026-11-25")),
        }
    }

    fn facts<'a>(record: Option<&'a Record>) -> Facts<'a> {
        Facts {
            is_seeker: true,
            record,
            is_open: true,
            accepts_self: true,
            has_page: true,
            has_applied: false,
            is_recommended: false,
            today: day("2026-11-27"),
        }
    }

    #[test]
    fn both_kinds_of_registrants_may_apply_by_themselves() {
        for kind in [RegistrantKind::Online, RegistrantKind::Office] {
            assert!(facts(Some(&record(kind, false))).against_self().is_empty());
        }
    }

    #[test]
    fn a_self_application_is_closed_for_each_reason_by_itself() {
        let own = record(RegistrantKind::Online, false);
        let all = facts(Some(&own));
        let table = [
            (Facts { is_seeker: false, record: None, ..all }, Closed::SignIn),
            (Facts { record: None, ..all }, Closed::NotRegistered),
            (Facts { today: day("2027-02-01"), ..all }, Closed::Inactive),
            (Facts { is_open: false, ..all }, Closed::PostingClosed),
            (Facts { accepts_self: false, ..all }, Closed::NotAccepted),
            (Facts { has_page: false, ..all }, Closed::NoPage),
            (Facts { has_applied: true, ..all }, Closed::Applied),
        ];
        for (facts, reason) in table {
            assert_eq!(facts.against_self(), [reason]);
        }
    }

    #[test]
    fn what_the_posting_rules_out_is_told_before_what_one_could_do_oneself() {
        let facts = Facts { is_seeker: false, accepts_self: false, ..facts(None) };
        assert_eq!(facts.against_self(), [Closed::NotAccepted]);
    }

    #[test]
    fn an_online_referral_is_for_office_registrants_whose_wishes_are_consulted_and_for_what_staff_recommended() {
        let table = [
            (RegistrantKind::Online, true, true, vec![Closed::OnlineOnly]),
            (RegistrantKind::Online, false, true, vec![Closed::OnlineOnly]),
            (RegistrantKind::Office, false, true, vec![Closed::NotConsulted]),
            (RegistrantKind::Office, true, false, vec![Closed::NotRecommended]),
            (RegistrantKind::Office, true, true, vec![]),
        ];
        for (kind, consulted, is_recommended, against) in table {
            let own = record(kind, consulted);
            // It needs neither the mark of the posting nor a page of the employer.
            let facts = Facts { is_recommended, accepts_self: false, has_page: false, ..facts(Some(&own)) };
            assert_eq!(facts.against_referral(), against, "{kind:?} {consulted}");
        }
        let own = record(RegistrantKind::Office, true);
        let ended = Facts { is_recommended: true, today: day("2027-02-01"), ..facts(Some(&own)) };
        assert_eq!(ended.against_referral(), [Closed::Inactive]);
    }
}
