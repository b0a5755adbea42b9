//! 基本情報: who the person is and how to reach them.

use super::{Kana, PersonName, Phone, PostalCode, Section, answers::Has, check::Check, plain_text, text_form::choices};
use crate::{
    date::Date,
    form::{Checked, Code},
    places,
};
use serde::{Deserialize, Serialize};

/// The youngest who may register (the fields' table [O]).
pub const YOUNGEST: i32 = 15;
/// Above this age the form asks whether the date is right (the fields' table [O]).
pub const UNUSUAL_ABOVE: i32 = 80;
/// Nobody alive is older; the year must be a slip [own].
pub const OLDEST: i32 = 120;
/// So many days before a period of stay ends the form points it out [own].
pub const STAY_ENDS_SOON_DAYS: i32 = 90;

choices! {
    /// 性別; never shown to employers.
    Gender {
        /// 男
        Man = "man" registration_choice_gender_man,
        /// 女
        Woman = "woman" registration_choice_gender_woman,
        /// その他・回答しない
        Other = "other" registration_choice_gender_other,
    }
}

choices! {
    /// 電話の種類.
    PhoneKind {
        /// 携帯
        Mobile = "mobile" registration_choice_phone_kind_mobile,
        /// 自宅
        Home = "home" registration_choice_phone_kind_home,
        /// その他
        Other = "other" registration_choice_phone_kind_other,
    }
}

choices! {
    /// 国籍, as far as it is asked.
    Nationality {
        /// 日本
        Japan = "japan" registration_choice_nationality_japan,
        /// 日本以外
        Other = "other" registration_choice_nationality_other,
    }
}

choices! {
    /// 在留資格.
    ResidenceStatus {
        /// 永住者
        Permanent = "permanent" registration_choice_residence_status_permanent,
        /// 日本人の配偶者等
        Spouse = "spouse" registration_choice_residence_status_spouse,
        /// 定住者
        LongTerm = "long-term" registration_choice_residence_status_long_term,
        /// 技術・人文知識・国際業務
        Engineer = "engineer" registration_choice_residence_status_engineer,
        /// 特定技能
        SpecifiedSkills = "specified-skills" registration_choice_residence_status_specified_skills,
        /// 留学
        Student = "student" registration_choice_residence_status_student,
        /// 家族滞在
        Dependent = "dependent" registration_choice_residence_status_dependent,
        /// その他
        Other = "other" registration_choice_residence_status_other,
    }
}

choices! {
    /// 障害の有無. 「あり」 opens the section on disability.
    DisabilityAnswer {
        /// あり
        Yes = "yes" registration_choice_disability_answer_yes,
        /// なし
        No = "no" registration_choice_disability_answer_no,
        /// 回答しない
        Unsaid = "unsaid" registration_choice_disability_answer_unsaid,
    }
}

choices! {
    /// 現在の就業状況.
    EmploymentStatus {
        /// 離職中
        Unemployed = "unemployed" registration_choice_employment_status_unemployed,
        /// 在職中
        Employed = "employed" registration_choice_employment_status_employed,
        /// 学生
        Student = "student" registration_choice_employment_status_student,
        /// その他
        Other = "other" registration_choice_employment_status_other,
    }
}

choices! {
    /// 雇用保険の手続き.
    InsuranceStep {
        /// した
        Done = "done" registration_choice_insurance_step_done,
        /// していない
        NotDone = "not-done" registration_choice_insurance_step_not_done,
        /// わからない
        Unknown = "unknown" registration_choice_insurance_step_unknown,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub family_name: String,
    pub given_name: String,
    pub family_kana: String,
    pub given_kana: String,
    pub birth_date: String,
    pub gender: String,
    pub postal_code: String,
    pub prefecture: String,
    pub municipality: String,
    pub address_line: String,
    pub building: String,
    pub phone: String,
    pub phone_kind: String,
    pub phone_note: String,
    pub contact_without_phone: String,
    pub nearest_station: String,
    pub nationality_kind: String,
    pub residence_status: String,
    pub residence_until: String,
    pub work_permit_outside: String,
    pub disability: String,
    pub employment_status: String,
    pub unemployment_insurance: String,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    pub family_name: PersonName,
    pub given_name: PersonName,
    pub family_kana: Kana,
    pub given_kana: Kana,
    pub birth_date: Date,
    pub gender: Option<Gender>,
    pub postal_code: PostalCode,
    /// JIS code, 1–47.
    pub prefecture: u8,
    /// JIS code, five digits, its first two the prefecture's.
    pub municipality: u32,
    pub address_line: String,
    pub building: Option<String>,
    pub phone: Phone,
    pub phone_kind: PhoneKind,
    pub phone_note: Option<String>,
    pub contact_without_phone: bool,
    pub nearest_station: Option<String>,
    pub nationality_kind: Nationality,
    pub residence_status: Option<ResidenceStatus>,
    pub residence_until: Option<Date>,
    pub work_permit_outside: Option<Has>,
    pub disability: DisabilityAnswer,
    pub employment_status: EmploymentStatus,
    pub unemployment_insurance: Option<InsuranceStep>,
}

/// Checks the section as of `today`. Whether the municipality still exists, only the server knows: `unknown_municipality`.
#[must_use]
pub fn validate(input: &Input, today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::Basic);
    let family_name = check.limited("family_name", &input.family_name);
    let given_name = check.limited("given_name", &input.given_name);
    let family_kana = check.limited("family_kana", &input.family_kana);
    let given_kana = check.limited("given_kana", &input.given_kana);
    let birth_date = birth_date(&mut check, &input.birth_date, today);
    let gender = check.parsed("gender", &input.gender);
    let address = address(&mut check, input);
    let phone = check.limited("phone", &input.phone);
    let phone_kind = check.parsed("phone_kind", &input.phone_kind);
    let phone_note = check.line("phone_note", &input.phone_note);
    let contact_without_phone = check.tick("contact_without_phone", &input.contact_without_phone);
    let nearest_station = check.line("nearest_station", &input.nearest_station);
    let nationality_kind = check.parsed("nationality_kind", &input.nationality_kind);
    let stay = stay(&mut check, input, nationality_kind, today);
    let disability = check.parsed("disability", &input.disability);
    let employment_status = check.parsed("employment_status", &input.employment_status);
    check.ask("unemployment_insurance", employment_status == Some(EmploymentStatus::Unemployed));
    let unemployment_insurance = check.parsed("unemployment_insurance", &input.unemployment_insurance);
    let valid = || {
        let (postal_code, prefecture, municipality, address_line, building) = address?;
        let (residence_status, residence_until, work_permit_outside) = stay;
        Some(Valid {
            family_name: family_name?,
            given_name: given_name?,
            family_kana: family_kana?,
            given_kana: given_kana?,
            birth_date: birth_date?,
            gender,
            postal_code,
            prefecture,
            municipality,
            address_line,
            building,
            phone: phone?,
            phone_kind: phone_kind?,
            phone_note,
            contact_without_phone,
            nearest_station,
            nationality_kind: nationality_kind?,
            residence_status,
            residence_until,
            work_permit_outside,
            disability: disability?,
            employment_status: employment_status?,
            unemployment_insurance,
        })
    };
    let valid = valid();
    check.finish(valid)
}

/// Completed years at `today`; negative for a birth in the future.
#[must_use]
pub fn age(birth: Date, today: Date) -> i32 {
    let ((by, bm, bd), (y, m, d)) = (birth.parts(), today.parts());
    y - by - i32::from((m, d) < (bm, bd))
}

fn birth_date(check: &mut Check, raw: &str, today: Date) -> Option<Date> {
    let birth = check.day("birth_date", raw)?;
    match age(birth, today) {
        _ if birth > today => check.add("birth_date", Code::InTheFuture),
        ..YOUNGEST => check.add("birth_date", Code::TooYoung),
        age if age > OLDEST => check.add("birth_date", Code::Implausible),
        age if age > UNUSUAL_ABOVE => check.add("birth_date", Code::UnusualAge),
        _ => {}
    }
    Some(birth)
}

type Address = (PostalCode, u8, u32, String, Option<String>);

fn address(check: &mut Check, input: &Input) -> Option<Address> {
    let postal_code = check.parsed("postal_code", &input.postal_code);
    let prefecture = check.value("prefecture", &input.prefecture, prefecture_code);
    let municipality = check.value("municipality", &input.municipality, |raw| municipality_code(raw, prefecture));
    let address_line = check.full_width("address_line", &input.address_line);
    let building = check.full_width("building", &input.building);
    Some((postal_code?, prefecture?, municipality?, address_line?, building))
}

/// The JIS code of a prefecture, two digits.
pub(super) fn prefecture_code(raw: &str) -> Result<u8, Code> {
    let text = plain_text::compact(raw);
    let code = if text.len() == 2 { text.parse().ok() } else { None };
    code.and_then(places::prefecture).map(|prefecture| prefecture.code).ok_or(Code::UnknownPrefecture)
}

/// The JIS code of a municipality, five digits; within the prefecture where that is known.
pub(super) fn municipality_code(raw: &str, prefecture: Option<u8>) -> Result<u32, Code> {
    let text = plain_text::compact(raw);
    let digits = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    let code: u32 = if digits { text.parse().map_err(|_| Code::UnknownMunicipality)? } else { 0 };
    let within = prefecture.is_none_or(|prefecture| code / 1000 == u32::from(prefecture));
    if (1000..48_000).contains(&code) && within { Ok(code) } else { Err(Code::UnknownMunicipality) }
}

/// What the server adds: a municipality that its table lacks, perhaps because it was merged away.
#[cfg(feature = "ssr")]
#[must_use]
pub fn unknown_municipality(valid: &Valid) -> crate::form::FieldErrors {
    let mut errors = crate::form::FieldErrors::default();
    if places::municipality(valid.municipality).is_none() {
        errors.add("municipality", Code::UnknownMunicipality);
    }
    errors
}

type Stay = (Option<ResidenceStatus>, Option<Date>, Option<Has>);

/// Status and period of stay, asked only of those with another nationality.
fn stay(check: &mut Check, input: &Input, nationality: Option<Nationality>, today: Date) -> Stay {
    check.ask("residence_status", nationality == Some(Nationality::Other));
    let status: Option<ResidenceStatus> = check.parsed("residence_status", &input.residence_status);
    check.ask("residence_until", status.is_some_and(|status| status != ResidenceStatus::Permanent));
    let until = check.day("residence_until", &input.residence_until);
    match until {
        Some(until) if until < today => check.add("residence_until", Code::Ended),
        Some(until) if until <= today.plus_days(STAY_ENDS_SOON_DAYS) => check.add("residence_until", Code::EndsSoon),
        _ => {}
    }
    check.ask("work_permit_outside", matches!(status, Some(ResidenceStatus::Student | ResidenceStatus::Dependent)));
    (status, until, check.parsed("work_permit_outside", &input.work_permit_outside))
}
