//! オンライン求職登録: the registration of a seeker, its eight sections and the rules it lives by. Pure rules, the same on both sides.

mod check;
mod seeker_number;
mod text_form;
pub(crate) mod width;

pub mod answers;
pub mod basic;
mod canonical;
pub mod checked_form;
pub mod completion;
pub mod confirmed;
pub mod disability;
pub mod education;
pub mod fields;
pub mod form_data;
pub mod history;
pub mod introduction;
pub mod plain_text;
pub mod publication;
pub mod record;
pub mod validity;
pub mod wishes_place;
pub mod wishes_work;
pub mod wording;

#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
pub mod changes;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
mod edits;
#[cfg(feature = "ssr")]
mod field_help;
#[cfg(feature = "ssr")]
pub mod next_step;
#[cfg(feature = "ssr")]
mod overview_page;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
mod own_pages;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub(crate) mod parking;
#[cfg(feature = "ssr")]
pub mod profile;
#[cfg(feature = "ssr")]
pub mod reminder;
#[cfg(feature = "ssr")]
mod review_page;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod section_form;
#[cfg(feature = "ssr")]
mod section_page;
#[cfg(feature = "ssr")]
pub mod shown;
#[cfg(feature = "ssr")]
mod staff_page;
#[cfg(feature = "ssr")]
mod standing_page;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
pub(crate) use own::{Own, keys};
#[cfg(feature = "ssr")]
pub(crate) use own_pages::profile_view;
#[cfg(feature = "ssr")]
pub use page::page;
#[cfg(feature = "ssr")]
pub use routes::routes;

mod day;
mod email;
mod kana;
mod person_name;
mod phone;
mod postal_code;
mod year_month;

#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use completion::Registration;
#[cfg(feature = "ssr")]
pub(crate) use text_form::choices;

pub use day::{TimeOfDay, parse_day};
pub use email::{Email, MOST_CHARACTERS as MOST_EMAIL_CHARACTERS};
pub use kana::Kana;
pub use person_name::PersonName;
pub use phone::Phone;
pub use postal_code::PostalCode;
pub use seeker_number::SeekerNumber;
pub use year_month::YearMonth;

use crate::{date::Date, form::FieldErrors, text};
use serde::{Deserialize, Serialize};

/// One of the eight screens, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 基本情報
    Basic,
    /// 公開と連絡
    Publication,
    /// 希望する職種と時間
    WishesWork,
    /// 希望する場所と賃金
    WishesPlace,
    /// 学歴と免許・資格
    Education,
    /// 職歴
    History,
    /// 障害について, only where the person says 「あり」
    Disability,
    /// 自己紹介, only where the wishes are published
    Introduction,
}

impl Section {
    /// All sections in the order of the screens.
    pub const ALL: [Self; 8] = [
        Self::Basic,
        Self::Publication,
        Self::WishesWork,
        Self::WishesPlace,
        Self::Education,
        Self::History,
        Self::Disability,
        Self::Introduction,
    ];

    /// The code in JSON, SQL and the table of fields.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Publication => "publication",
            Self::WishesWork => "wishes_work",
            Self::WishesPlace => "wishes_place",
            Self::Education => "education",
            Self::History => "history",
            Self::Disability => "disability",
            Self::Introduction => "introduction",
        }
    }

    /// The section with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// The path of its page.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Basic => "/registration/basic",
            Self::Publication => "/registration/publication",
            Self::WishesWork => "/registration/wishes-work",
            Self::WishesPlace => "/registration/wishes-place",
            Self::Education => "/registration/education",
            Self::History => "/registration/history",
            Self::Disability => "/registration/disability",
            Self::Introduction => "/registration/introduction",
        }
    }

    /// The heading of its page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Basic => text::registration_section_basic(),
            Self::Publication => text::registration_section_publication(),
            Self::WishesWork => text::registration_section_wishes_work(),
            Self::WishesPlace => text::registration_section_wishes_place(),
            Self::Education => text::registration_section_education(),
            Self::History => text::registration_section_history(),
            Self::Disability => text::registration_section_disability(),
            Self::Introduction => text::registration_section_introduction(),
        }
    }
}

/// Everything that was typed so far, complete or not, right or not: what is saved and shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "a field for each section")]
pub struct Draft {
    pub basic: basic::Input,
    pub publication: publication::Input,
    pub wishes_work: wishes_work::Input,
    pub wishes_place: wishes_place::Input,
    pub education: education::Input,
    pub history: history::Input,
    pub disability: disability::Input,
    pub introduction: introduction::Input,
}

impl Draft {
    /// Whether the section is asked for: the one on disability only with 「あり」, the introduction only where the wishes are published.
    #[must_use]
    pub fn asks(&self, section: Section) -> bool {
        match section {
            Section::Disability => self.basic.disability.trim() == basic::DisabilityAnswer::Yes.code(),
            Section::Introduction => self.publication.publish_to_employers.trim() == publication::Publish::Yes.code(),
            _ => true,
        }
    }

    /// Whether nothing has been typed in the section.
    #[must_use]
    pub fn is_untouched(&self, section: Section) -> bool {
        match section {
            Section::Basic => self.basic == basic::Input::default(),
            Section::Publication => self.publication == publication::Input::default(),
            Section::WishesWork => self.wishes_work == wishes_work::Input::default(),
            Section::WishesPlace => self.wishes_place == wishes_place::Input::default(),
            Section::Education => self.education == education::Input::default(),
            Section::History => self.history == history::Input::default(),
            Section::Disability => self.disability == disability::Input::default(),
            Section::Introduction => self.introduction == introduction::Input::default(),
        }
    }

    /// What there is to say of a section as of `today`; nothing of one that is not asked for.
    #[must_use]
    pub fn check(&self, section: Section, today: Date) -> FieldErrors {
        if self.asks(section) { self.check_asked(section, today) } else { FieldErrors::default() }
    }

    /// The same without asking whether the section is asked for.
    #[must_use]
    pub fn check_asked(&self, section: Section, today: Date) -> FieldErrors {
        match section {
            Section::Basic => basic::validate(&self.basic, today).errors,
            Section::Publication => publication::validate(&self.publication, today).errors,
            Section::WishesWork => wishes_work::validate(&self.wishes_work, today).errors,
            Section::WishesPlace => wishes_place::validate(&self.wishes_place, today).errors,
            Section::Education => education::validate(&self.education, today).errors,
            Section::History => history::validate(&self.history, today).errors,
            Section::Disability => disability::validate(&self.disability, today).errors,
            Section::Introduction => self.check_introduction(today),
        }
    }

    /// The introduction's own errors, and a warning of the person's name, which the basic section knows.
    fn check_introduction(&self, today: Date) -> FieldErrors {
        let mut errors = introduction::validate(&self.introduction, today).errors;
        let basic = &self.basic;
        let names = [&basic.family_name, &basic.given_name, &basic.family_kana, &basic.given_kana].map(String::as_str);
        errors.merge(introduction::warn_of_names(&self.introduction, &names));
        errors
    }
}
