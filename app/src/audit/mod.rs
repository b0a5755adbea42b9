//! The audit log: what staff and employers did, by ids alone. Nothing of what a seeker wrote stands in it.

mod db;
mod staff_page;

pub use db::{Entry, add, latest};
pub use staff_page::routes;

use crate::registration::choices;

choices! {
    /// What was done.
    What {
        /// Invited an employer: the mailbox is not written down.
        Invite = "invite" audit_what_invite,
        /// Linked an establishment.
        LinkEstablishment = "link-establishment" audit_what_link_establishment,
        /// Gave an establishment another name or address.
        RenameEstablishment = "rename" audit_what_rename,
        /// Let an employer act for an establishment.
        AddMember = "add-member" audit_what_add_member,
        /// Took an employer out of an establishment.
        RemoveMember = "remove-member" audit_what_remove_member,
        /// Said that postings are an establishment's.
        AddPostings = "add-postings" audit_what_add_postings,
        /// Said that a posting is not an establishment's any more.
        RemovePosting = "remove-posting" audit_what_remove_posting,
        /// Changed what applicants see of an establishment.
        ChangeContact = "change-contact" audit_what_change_contact,
        /// Sent a posting to staff.
        SubmitPosting = "posting-submitted" audit_what_posting_submitted,
        /// Published a posting.
        PublishPosting = "posting-published" audit_what_posting_published,
        /// Sent a posting back.
        ReturnPosting = "posting-returned" audit_what_posting_returned,
        /// Took a posting off.
        StopPosting = "posting-stopped" audit_what_posting_stopped,
        /// Made a posting a draft again.
        DraftPosting = "posting-draft" audit_what_posting_draft,
        /// Wrote down a consultation.
        Consult = "consult" audit_what_consult,
        /// Made an online registrant one of an office.
        Upgrade = "upgrade" audit_what_upgrade,
        /// Recommended a posting.
        Recommend = "recommend" audit_what_recommend,
        /// Entered a referral of the counter.
        CounterReferral = "enter-counter-referral" audit_what_enter_counter_referral,
        /// Answered a report.
        AnswerReport = "answer-report" audit_what_answer_report,
        /// Sent a notice to a group.
        NoticeToGroup = "notice-to-group" audit_what_notice_to_group,
        /// Asked a seeker to apply.
        DirectRequest = "direct-request" audit_what_direct_request,
        /// Asked an applicant to an interview.
        Interview = "interview" audit_what_interview,
        /// Recorded that somebody was hired.
        Hired = "hired" audit_what_hired,
        /// Recorded that somebody was not hired.
        NotHired = "not-hired" audit_what_not_hired,
    }
}

impl What {
    /// The page of staff on which its object stands, where there is one.
    #[must_use]
    pub fn page_of(self, object: &str) -> Option<String> {
        match self {
            Self::LinkEstablishment
            | Self::RenameEstablishment
            | Self::AddMember
            | Self::RemoveMember
            | Self::AddPostings
            | Self::RemovePosting
            | Self::ChangeContact => Some(format!("/staff/establishments/{object}")),
            Self::SubmitPosting | Self::PublishPosting | Self::ReturnPosting | Self::StopPosting | Self::DraftPosting => {
                Some(format!("/staff/postings/{object}"))
            }
            Self::Consult | Self::Upgrade => Some(format!("/staff/registrations/{object}")),
            _ => None,
        }
    }
}
