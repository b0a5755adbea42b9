//! What mails say. No name, no data of a registration: a mailbox is read over shoulders.

use crate::account::Role;
use crate::text;

/// A mail before it has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Signing up: the code.
    SignUpCode(String),
    /// Somebody wants to sign up with the address of an account.
    AlreadyHere,
    /// Signing in: the code, and the browser that asks.
    SignInCode(String, String),
    /// A forgotten password: the code.
    ResetCode(String),
    /// Somebody asks for help with an address that has no account.
    NobodyHere,
    /// A new address for an account: the code.
    NewAddressCode(String),
    /// Somebody wants to take the address of an account for another.
    AddressInUse,
    /// To the old address: it was changed.
    AddressChanged,
    /// To the new address: it was changed.
    AddressIsNew,
    /// The password was changed.
    PasswordChanged,
    /// New recovery codes were made.
    RecoveryCodesMade,
    /// A recovery code was used; so many are left.
    RecoveryCodeUsed(i64),
    /// A passkey was made.
    PasskeyMade,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// The account is closed.
    Closed,
    /// An invitation to this role, and its link.
    Invitation(Role, String),
    /// So many favorites close within days.
    FavoritesClose(u64),
    /// The registration ends in so many days.
    RegistrationEnds(i32),
    /// The registration has ended.
    RegistrationEnded,
    /// The registration was deleted, as its owner wanted.
    RegistrationDeleted,
    /// To an employer: an application came.
    ApplicationCame,
    /// Something has happened with an application; where to look.
    ApplicationMoved(&'static str),
    /// To an employer: staff have published a posting, or sent it back.
    PostingMoved,
    /// A message came; where to look.
    MessageCame(&'static str),
    /// To a seeker: there is a notice.
    Noticed,
    /// To a seeker: an employer asks them to apply.
    RequestCame,
    /// To a seeker: staff recommend something.
    Recommended,
}

impl Letter {
    /// Subject and text; links begin with `origin`.
    #[must_use]
    pub fn written(&self, origin: &str) -> (&'static str, String) {
        let sign_in = format!("{origin}/account/sign-in");
        let forgotten = format!("{origin}/account/forgotten");
        let (subject, body) = match self {
            Self::SignUpCode(code) => (text::mail_sign_up_subject(), text::mail_sign_up_body(grouped(code))),
            Self::AlreadyHere => (text::mail_already_here_subject(), text::mail_already_here_body(sign_in, forgotten)),
            Self::SignInCode(code, device) => (text::mail_sign_in_subject(), text::mail_sign_in_body(grouped(code), device, forgotten)),
            Self::ResetCode(code) => (text::mail_reset_subject(), text::mail_reset_body(grouped(code))),
            Self::NobodyHere => (text::mail_nobody_here_subject(), text::mail_nobody_here_body(format!("{origin}/account/sign-up"))),
            Self::NewAddressCode(code) => (text::mail_new_address_subject(), text::mail_new_address_body(grouped(code))),
            Self::AddressInUse => (text::mail_address_in_use_subject(), text::mail_address_in_use_body(sign_in, forgotten)),
            Self::AddressChanged => (text::mail_address_changed_subject(), text::mail_address_changed_body().to_owned()),
            Self::AddressIsNew => (text::mail_address_is_new_subject(), text::mail_address_is_new_body(sign_in)),
            Self::PasswordChanged => (text::mail_password_changed_subject(), text::mail_password_changed_body(forgotten)),
            Self::RecoveryCodesMade => (text::mail_recovery_made_subject(), text::mail_recovery_made_body(forgotten)),
            Self::RecoveryCodeUsed(left) => (text::mail_recovery_used_subject(), text::mail_recovery_used_body(left, forgotten)),
            Self::PasskeyMade => (text::mail_passkey_made_subject(), text::mail_passkey_made_body(forgotten)),
            Self::PasskeyRemoved => (text::mail_passkey_removed_subject(), text::mail_passkey_removed_body(forgotten)),
            Self::Closed => (text::mail_closed_subject(), text::mail_closed_body().to_owned()),
            Self::FavoritesClose(n) => {
                (text::mail_favorites_close_subject(), text::mail_favorites_close_body(n, format!("{origin}/favorites")))
            }
            Self::RegistrationEnds(days) => {
                (text::mail_registration_ends_subject(), text::mail_registration_ends_body(days, format!("{origin}/registration")))
            }
            Self::RegistrationEnded => {
                (text::mail_registration_ended_subject(), text::mail_registration_ended_body(format!("{origin}/registration/standing")))
            }
            Self::RegistrationDeleted => (text::mail_registration_deleted_subject(), text::mail_registration_deleted_body().to_owned()),
            Self::ApplicationCame => {
                (text::mail_application_came_subject(), text::mail_application_came_body(format!("{origin}/employer")))
            }
            Self::ApplicationMoved(path) => {
                (text::mail_application_moved_subject(), text::mail_application_moved_body(format!("{origin}{path}")))
            }
            Self::PostingMoved => {
                (text::mail_posting_moved_subject(), text::mail_posting_moved_body(format!("{origin}/employer/postings")))
            }
            Self::MessageCame(path) => (text::mail_message_came_subject(), text::mail_message_came_body(format!("{origin}{path}"))),
            Self::Noticed => (text::mail_recommended_subject(), text::mail_recommended_body(format!("{origin}/notices"))),
            Self::RequestCame => (text::mail_request_came_subject(), text::mail_request_came_body(format!("{origin}/requests"))),
            Self::Recommended => (text::mail_recommended_subject(), text::mail_recommended_body(format!("{origin}/notices"))),
            Self::Invitation(role, link) => (text::mail_invitation_subject(), text::mail_invitation_body(role.label(), link)),
        };
        (subject, format!("{body}\n\n{}\n{origin}/\n", text::mail_signature()))
    }

    /// Whether it brings a code, which is of no use after a few minutes.
    #[must_use]
    pub const fn has_code(&self) -> bool {
        matches!(self, Self::SignUpCode(_) | Self::SignInCode(..) | Self::ResetCode(_) | Self::NewAddressCode(_))
    }
}

/// `12345678` as `1234 5678`: easier to carry over. The form takes both.
fn grouped(code: &str) -> String {
    let (head, tail) = code.split_at(code.len() / 2);
    format!("{head} {tail}")
}
