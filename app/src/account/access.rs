//! Who may do what: the one place that decides, on the server, on the object.

use super::{AccountId, Role};
use crate::date::Date;
use crate::postings::Viewer;
use crate::registration::record::Record;

/// Who is signed in with this request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentUser {
    /// The account.
    pub account: AccountId,
    /// What they are.
    pub role: Role,
    /// The session's name.
    pub session: String,
}

/// What somebody wants to do, with the object that it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// See or change what belongs to this account: devices, password, address, recovery codes, closing it.
    OwnAccount(&'a AccountId),
    /// Invite somebody to be this.
    Invite(Role),
    /// Look at a seeker's own things: favorites, registration, applications.
    OwnSeekerPages(&'a AccountId),
    /// The employers' desk.
    EmployerDesk,
    /// What came to an establishment: for those who act for it.
    Establishment(&'a [AccountId]),
    /// The staff's desk.
    StaffDesk,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody is signed in.
    SignInFirst,
    /// Somebody is, but it is not theirs. They are told that there is no such thing: that it exists is not theirs to know either.
    NotTheirs,
}

/// Whether `user` may do this; gives who it is.
///
/// # Errors
/// [`Refused`].
pub fn allow<'u>(user: Option<&'u CurrentUser>, action: Action<'_>) -> Result<&'u CurrentUser, Refused> {
    let user = user.ok_or(Refused::SignInFirst)?;
    let may = match action {
        Action::OwnAccount(owner) => user.account == *owner,
        Action::OwnSeekerPages(owner) => user.role == Role::Seeker && user.account == *owner,
        // Staff is made by the operator (`mypage staff add`) alone, seekers come by themselves.
        Action::Invite(role) => user.role == Role::Staff && role == Role::Employer,
        Action::EmployerDesk => user.role == Role::Employer,
        Action::Establishment(members) => user.role == Role::Employer && members.contains(&user.account),
        Action::StaffDesk => user.role == Role::Staff,
    };
    if may { Ok(user) } else { Err(Refused::NotTheirs) }
}

/// How somebody looks at postings. Names with scope 2 are for a registered seeker: one whose registration, if there is one, is valid today (DOMAIN.md
/// "Employer side").
#[must_use]
pub fn viewer(user: Option<&CurrentUser>, registration: Option<&Record>, today: Date) -> Viewer {
    let is_seeker = user.is_some_and(|user| user.role == Role::Seeker);
    if is_seeker && registration.is_some_and(|record| record.is_active(today)) { Viewer::RegisteredSeeker } else { Viewer::Anyone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::confirmed::StaffConfirmed;
    use crate::registration::record::RegistrantKind;
    use crate::registration::validity::Standing;

    fn user(account: &str, role: Role) -> CurrentUser {
        CurrentUser { account: AccountId::new(account), role, session: "s".into() }
    }

    #[test]
    fn every_role_does_only_what_is_its_own() {
        let (mine, other) = (AccountId::new("me"), AccountId::new("other"));
        let (members, others) = ([mine.clone(), other.clone()], [other.clone()]);
        let table: [(Action<'_>, [bool; 3]); 11] = [
            (Action::Establishment(&members), [false, true, false]),
            (Action::Establishment(&others), [false, false, false]),
            (Action::Establishment(&[]), [false, false, false]),
            (Action::OwnAccount(&mine), [true, true, true]),
            (Action::OwnAccount(&other), [false, false, false]),
            (Action::OwnSeekerPages(&mine), [true, false, false]),
            (Action::OwnSeekerPages(&other), [false, false, false]),
            (Action::Invite(Role::Employer), [false, false, true]),
            (Action::Invite(Role::Staff), [false, false, false]),
            (Action::EmployerDesk, [false, true, false]),
            (Action::StaffDesk, [false, false, true]),
        ];
        for (action, allowed) in table {
            assert_eq!(allow(None, action), Err(Refused::SignInFirst), "{action:?}");
            for (role, allowed) in Role::ALL.into_iter().zip(allowed) {
                let user = user("me", role);
                assert_eq!(allow(Some(&user), action).is_ok(), allowed, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn names_for_registered_seekers_are_shown_to_a_seeker_whose_registration_is_valid_and_to_nobody_else() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let record = Record {
            kind: RegistrantKind::Online,
            seeker_number: None,
            applied_on: day("2026-11-25"),
            standing: Standing::begun(day("2026-11-25")),
            confirmed: StaffConfirmed::default(),
            consulted_on: None,
        };
        let seeker = user("me", Role::Seeker);
        assert_eq!(viewer(Some(&seeker), Some(&record), day("2027-01-31")), Viewer::RegisteredSeeker);
        assert_eq!(viewer(Some(&seeker), Some(&record), day("2027-02-01")), Viewer::Anyone, "it has ended");
        assert_eq!(viewer(Some(&seeker), None, day("2026-11-25")), Viewer::Anyone);
        assert_eq!(viewer(Some(&user("me", Role::Employer)), Some(&record), day("2026-11-25")), Viewer::Anyone);
        assert_eq!(viewer(None, None, day("2026-11-25")), Viewer::Anyone);
    }
}
