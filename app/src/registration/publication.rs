//! 公開と連絡: who may see the wishes, and how the office may get in touch.

use super::{Section, answers::Wants, check::Check, text_form::choices};
use crate::{date::Date, form::Checked};
use serde::{Deserialize, Serialize};

choices! {
    /// 求職情報を求人者に公開する; can be withdrawn at once.
    Publish {
        /// 公開する
        Yes = "yes" registration_choice_publish_yes,
        /// 公開しない
        No = "no" registration_choice_publish_no,
    }
}

choices! {
    /// 民間・自治体の職業紹介へ提供する; never name or contact.
    Provide {
        /// 提供する
        Yes = "yes" registration_choice_provide_yes,
        /// 提供しない
        No = "no" registration_choice_provide_no,
    }
}

choices! {
    /// 連絡の方法.
    ContactChannel {
        /// マイページ
        MyPage = "my-page" registration_choice_contact_channel_my_page,
        /// メール
        Mail = "mail" registration_choice_contact_channel_mail,
        /// 電話
        Phone = "phone" registration_choice_contact_channel_phone,
        /// 郵便
        Post = "post" registration_choice_contact_channel_post,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub publish_to_employers: String,
    pub provide_to_agencies: String,
    pub office_may_contact: String,
    pub contact_channels: Vec<String>,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    pub publish_to_employers: Publish,
    pub provide_to_agencies: Provide,
    pub office_may_contact: Wants,
    /// At least one where the office may contact, else none.
    pub contact_channels: Vec<ContactChannel>,
}

/// Checks the section; the day does not matter to it.
#[must_use]
pub fn validate(input: &Input, _today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::Publication);
    let publish = check.parsed("publish_to_employers", &input.publish_to_employers);
    let provide = check.parsed("provide_to_agencies", &input.provide_to_agencies);
    let contact = check.parsed("office_may_contact", &input.office_may_contact);
    check.ask("contact_channels", contact == Some(Wants::Yes));
    let contact_channels = check.choices("contact_channels", &input.contact_channels);
    let valid =
        || Some(Valid { publish_to_employers: publish?, provide_to_agencies: provide?, office_may_contact: contact?, contact_channels });
    let valid = valid();
    check.finish(valid)
}
