//! 学歴と免許・資格.

use super::{Section, YearMonth, check::Check, plain_text, text_form::choices};
use crate::{
    date::Date,
    form::{Checked, Code},
};
use serde::{Deserialize, Serialize};

choices! {
    /// 最終学歴.
    School {
        /// 中学
        JuniorHigh = "junior-high" registration_choice_school_junior_high,
        /// 高校
        High = "high" registration_choice_school_high,
        /// 専修学校
        Vocational = "vocational" registration_choice_school_vocational,
        /// 高専
        Kosen = "kosen" registration_choice_school_kosen,
        /// 短大
        JuniorCollege = "junior-college" registration_choice_school_junior_college,
        /// 大学
        University = "university" registration_choice_school_university,
        /// 大学院
        GraduateSchool = "graduate-school" registration_choice_school_graduate_school,
        /// その他
        Other = "other" registration_choice_school_other,
    }
}

choices! {
    /// 卒業の状況.
    SchoolState {
        /// 卒業
        Graduated = "graduated" registration_choice_school_state_graduated,
        /// 在学中
        Attending = "attending" registration_choice_school_state_attending,
        /// 中退
        Left = "left" registration_choice_school_state_left,
    }
}

choices! {
    /// 普通自動車免許.
    CarLicense {
        /// あり
        Yes = "yes" registration_choice_car_license_yes,
        /// あり（ＡＴ限定）
        Automatic = "automatic" registration_choice_car_license_automatic,
        /// なし
        No = "no" registration_choice_car_license_no,
    }
}

choices! {
    /// ＰＣスキル.
    PcSkill {
        /// 文字入力
        Typing = "typing" registration_choice_pc_skill_typing,
        /// 文書作成
        Documents = "documents" registration_choice_pc_skill_documents,
        /// 表計算
        Spreadsheets = "spreadsheets" registration_choice_pc_skill_spreadsheets,
        /// プレゼンテーション
        Slides = "slides" registration_choice_pc_skill_slides,
        /// プログラミング
        Programming = "programming" registration_choice_pc_skill_programming,
        /// 使えない
        None = "none" registration_choice_pc_skill_none,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub last_school: String,
    pub school_state: String,
    /// `yes` for an evening or correspondence course: the exception from the rule that pupils may not open a page.
    pub evening_or_correspondence: String,
    pub school_name: String,
    pub graduated_on: String,
    pub car_license: String,
    pub licenses: Vec<LicenseInput>,
    pub pc_skills: Vec<String>,
    pub pc_skills_note: String,
}

/// An entry of the licences as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct LicenseInput {
    pub name: String,
    pub acquired_on: String,
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// Its name, up to 40 characters.
    pub name: String,
    /// When it was acquired.
    pub acquired_on: Option<YearMonth>,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    pub last_school: School,
    pub school_state: SchoolState,
    pub evening_or_correspondence: bool,
    pub school_name: Option<String>,
    pub graduated_on: Option<YearMonth>,
    pub car_license: CarLicense,
    /// Up to five, in the order of the form.
    pub licenses: Vec<License>,
    pub pc_skills: Vec<PcSkill>,
    pub pc_skills_note: Option<String>,
}

/// Checks the section as of `today`.
#[must_use]
pub fn validate(input: &Input, today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::Education);
    let last_school = check.parsed("last_school", &input.last_school);
    let school_state = check.parsed("school_state", &input.school_state);
    let evening_or_correspondence = check.tick("evening_or_correspondence", &input.evening_or_correspondence);
    if last_school.zip(school_state).is_some_and(|(school, state)| is_refused_pupil(school, state, evening_or_correspondence)) {
        check.add("school_state", Code::Pupil);
    }
    let school_name = check.line("school_name", &input.school_name);
    let graduated_on = graduated_on(&mut check, &input.graduated_on, school_state, today);
    let car_license = check.parsed("car_license", &input.car_license);
    let licenses = licenses(&mut check, &input.licenses, today);
    let pc_skills = check.choices("pc_skills", &input.pc_skills);
    if pc_skills.len() > 1 && pc_skills.contains(&PcSkill::None) {
        check.add("pc_skills", Code::Contradiction);
    }
    let pc_skills_note = check.line("pc_skills_note", &input.pc_skills_note);
    let valid = || {
        Some(Valid {
            last_school: last_school?,
            school_state: school_state?,
            evening_or_correspondence,
            school_name,
            graduated_on,
            car_license: car_license?,
            licenses,
            pc_skills,
            pc_skills_note,
        })
    };
    let valid = valid();
    check.finish(valid)
}

/// Pupils of junior and senior high schools may not open a page, evening and correspondence courses excepted (DOMAIN.md [O]).
#[must_use]
pub fn is_refused_pupil(school: School, state: SchoolState, evening_or_correspondence: bool) -> bool {
    let pupil = matches!(school, School::JuniorHigh | School::High) && state == SchoolState::Attending;
    pupil && !evening_or_correspondence
}

/// The month of graduation. Who is still at school may name a month to come.
fn graduated_on(check: &mut Check, raw: &str, state: Option<SchoolState>, today: Date) -> Option<YearMonth> {
    let month = check.parsed("graduated_on", raw)?;
    if state != Some(SchoolState::Attending) && Some(month) > YearMonth::of(today) {
        check.add("graduated_on", Code::InTheFuture);
    }
    Some(month)
}

/// The licences; entries of which nothing is filled in are passed over.
fn licenses(check: &mut Check, entries: &[LicenseInput], today: Date) -> Vec<License> {
    let blank = |entry: &LicenseInput| plain_text::is_blank(&entry.name) && plain_text::is_blank(&entry.acquired_on);
    let filled: Vec<(usize, &LicenseInput)> = entries.iter().enumerate().filter(|(_, entry)| !blank(entry)).collect();
    let mut licenses = Vec::new();
    if !check.counted("licenses", filled.len()) {
        return licenses;
    }
    for (place, entry) in filled {
        let mut of_entry = Check::entry(Section::Education, "licenses");
        let name = of_entry.line("name", &entry.name);
        let acquired_on = of_entry.parsed("acquired_on", &entry.acquired_on);
        if acquired_on.is_some() && acquired_on > YearMonth::of(today) {
            of_entry.add("acquired_on", Code::InTheFuture);
        }
        let checked = of_entry.finish(name.map(|name| License { name, acquired_on }));
        check.merge_entry("licenses", place, checked.errors);
        licenses.extend(checked.valid);
    }
    licenses
}
