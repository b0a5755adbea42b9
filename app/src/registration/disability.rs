//! 障害について: asked only where the person says 「あり」. Special-care personal information: kept on the server alone.

use super::{Section, check::Check, plain_text, text_form::choices};
use crate::{
    date::Date,
    form::{Checked, Code},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

choices! {
    /// 障害の種類.
    Impairment {
        /// 身体
        Physical = "physical" registration_choice_impairment_physical,
        /// 知的
        Intellectual = "intellectual" registration_choice_impairment_intellectual,
        /// 精神
        Mental = "mental" registration_choice_impairment_mental,
        /// 発達
        Developmental = "developmental" registration_choice_impairment_developmental,
        /// 難病
        Intractable = "intractable" registration_choice_impairment_intractable,
        /// 高次脳機能
        HigherBrain = "higher-brain" registration_choice_impairment_higher_brain,
        /// その他
        Other = "other" registration_choice_impairment_other,
    }
}

choices! {
    /// 手帳の有無.
    Handbook {
        /// あり
        Yes = "yes" registration_choice_handbook_yes,
        /// 申請中
        Applying = "applying" registration_choice_handbook_applying,
        /// なし
        No = "no" registration_choice_handbook_no,
        /// 回答しない
        Unsaid = "unsaid" registration_choice_handbook_unsaid,
    }
}

choices! {
    /// An item of this section that the person may show to employers, one by one.
    DisabilityItem {
        /// 障害の種類
        Kinds = "kinds" registration_choice_disability_item_kinds,
        /// 手帳の有無
        Handbook = "handbook" registration_choice_disability_item_handbook,
        /// 等級・程度
        Grade = "grade" registration_choice_disability_item_grade,
        /// 障害の状況
        Details = "details" registration_choice_disability_item_details,
        /// 使っている補助具
        Aids = "aids" registration_choice_disability_item_aids,
        /// 仕事で配慮してほしいこと
        Accommodations = "accommodations" registration_choice_disability_item_accommodations,
        /// 職業評価
        Evaluation = "evaluation" registration_choice_disability_item_evaluation,
        /// 利用している支援機関
        Supporters = "supporters" registration_choice_disability_item_supporters,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub kinds: Vec<String>,
    /// The answer for each kind, by the kind's code: `handbook[physical]`. Answers for kinds that are not chosen are not kept.
    pub handbook: BTreeMap<String, String>,
    pub grade: String,
    pub details: String,
    pub aids: String,
    pub accommodations: String,
    pub evaluation: String,
    pub evaluation_on: String,
    pub supporters: Vec<SupporterInput>,
    /// What is not named stays hidden from employers [own]: hiding must not depend on remembering to hide.
    pub shown_to_employers: Vec<String>,
}

/// An entry of the supporters as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct SupporterInput {
    pub name: String,
    pub contact: String,
}

/// A body that supports the person (the leaflet's eighth kind of support).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supporter {
    /// Its name.
    pub name: String,
    /// Whom to ask for there.
    pub contact: Option<String>,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    /// At least one.
    pub kinds: Vec<Impairment>,
    /// One answer for each kind.
    pub handbook: BTreeMap<Impairment, Handbook>,
    pub grade: Option<String>,
    pub details: Option<String>,
    pub aids: Option<String>,
    pub accommodations: String,
    pub evaluation: Option<String>,
    pub evaluation_on: Option<Date>,
    pub supporters: Vec<Supporter>,
    pub shown_to_employers: Vec<DisabilityItem>,
}

/// Checks the section as of `today`.
#[must_use]
pub fn validate(input: &Input, today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::Disability);
    let kinds: Vec<Impairment> = check.choices("kinds", &input.kinds);
    let handbook = handbook(&mut check, &input.handbook, &kinds);
    let grade = check.line("grade", &input.grade);
    let details = check.lines("details", &input.details);
    let aids = check.line("aids", &input.aids);
    let accommodations = check.lines("accommodations", &input.accommodations);
    let evaluation = check.line("evaluation", &input.evaluation);
    let evaluation_on = check.day("evaluation_on", &input.evaluation_on);
    if evaluation_on.is_some_and(|day| day > today) {
        check.add("evaluation_on", Code::InTheFuture);
    }
    let supporters = supporters(&mut check, &input.supporters);
    let shown_to_employers = check.choices("shown_to_employers", &input.shown_to_employers);
    let valid = accommodations.map(|accommodations| Valid {
        kinds,
        handbook,
        grade,
        details,
        aids,
        accommodations,
        evaluation,
        evaluation_on,
        supporters,
        shown_to_employers,
    });
    check.finish(valid)
}

/// The answer for each kind. While no kind is chosen, the one message is that a kind is missing.
fn handbook(check: &mut Check, answers: &BTreeMap<String, String>, kinds: &[Impairment]) -> BTreeMap<Impairment, Handbook> {
    let mut handbook = BTreeMap::new();
    for kind in kinds {
        let raw = answers.get(kind.code()).map_or("", String::as_str);
        if let Some(answer) = check.parsed(&format!("handbook.{}", kind.code()), raw) {
            handbook.insert(*kind, answer);
        }
    }
    handbook
}

/// The supporters; entries of which nothing is filled in are passed over.
fn supporters(check: &mut Check, entries: &[SupporterInput]) -> Vec<Supporter> {
    let blank = |entry: &SupporterInput| plain_text::is_blank(&entry.name) && plain_text::is_blank(&entry.contact);
    let filled: Vec<(usize, &SupporterInput)> = entries.iter().enumerate().filter(|(_, entry)| !blank(entry)).collect();
    let mut supporters = Vec::new();
    if !check.counted("supporters", filled.len()) {
        return supporters;
    }
    for (place, entry) in filled {
        let mut of_entry = Check::entry(Section::Disability, "supporters");
        let name = of_entry.line("name", &entry.name);
        let contact = of_entry.line("contact", &entry.contact);
        let checked = of_entry.finish(name.map(|name| Supporter { name, contact }));
        check.merge_entry("supporters", place, checked.errors);
        supporters.extend(checked.valid);
    }
    supporters
}
