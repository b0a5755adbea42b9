//! The rules of the sections, told by the table of fields where they follow from it, and one by one where they do not.

use super::{
    Draft, Section, basic, completion,
    completion::State,
    fields::{FIELDS, Field, Format, Required, find},
    history,
};
use crate::{
    date::Date,
    form::{Code, FieldErrors},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn today() -> Date {
    Date::new(2026, 11, 25).expect("a day of the calendar")
}

/// A draft in which everything is asked for and filled in. Person and places of work are invented.
pub(super) fn full() -> Value {
    json!({
        "basic": {
            "family_name": "春和", "given_name": "太郎", "family_kana": "ﾊﾛﾜ", "given_kana": "たろう",
            "birth_date": "昭和63年4月1日", "gender": "other", "postal_code": "１００ー０００１", "prefecture": "13",
            "municipality": "13101", "address_line": "見本町1-2-3", "building": "見本荘 4", "phone": "090-0000-0000",
            "phone_kind": "mobile", "phone_note": "平日の夕方", "contact_without_phone": "yes", "nearest_station": "見本線見本駅",
            "nationality_kind": "other", "residence_status": "student", "residence_until": "2027-11-30",
            "work_permit_outside": "yes", "disability": "yes", "employment_status": "unemployed", "unemployment_insurance": "done",
        },
        "publication": {
            "publish_to_employers": "yes", "provide_to_agencies": "no", "office_may_contact": "yes", "contact_channels": ["mail", "my-page"],
        },
        "wishes_work": {
            "occupations": ["05-01", "01-01"], "occupation_experience": ["3", "０"], "work_time": ["part"], "employment_forms": ["any", "part"],
            "hours_from": "22:00", "hours_to": "5:00", "days_per_week": "3", "hours_per_week": "15", "overtime": "up-to-20",
            "days_off": ["sun", "sat"], "shift_or_night": "yes", "start_possible": "date", "start_date": "2026-12-01",
        },
        "wishes_place": {
            "places": ["13", "14", "13101"], "commute_minutes": "60", "commute_means": ["train"], "relocation": "no", "transfer": "no",
            "remote": "partly", "wage_unit": "hourly", "wage_min": "1,300円", "housing": "no", "childcare": "no",
        },
        "education": {
            "last_school": "university", "school_state": "graduated", "evening_or_correspondence": "", "school_name": "見本大学見本学部",
            "graduated_on": "2011-03", "car_license": "automatic", "licenses": [{"name": "見本技能士", "acquired_on": "平成25年6月"}],
            "pc_skills": ["typing", "documents"], "pc_skills_note": "表の作成",
        },
        "history": {
            "has_history": "yes",
            "jobs": [
                {"company": "株式会社見本", "from": "2015-04", "to": "current", "form": "regular", "occupation": "05-01", "duties": "販売", "reason": ""},
                {"company": "", "from": "2011-04", "to": "2015-04", "form": "part", "occupation": "01-01", "duties": "事務", "reason": "unsaid"},
            ],
        },
        "disability": {
            "kinds": ["physical"], "handbook": {"physical": "yes"}, "grade": "2級", "details": "足", "aids": "杖", "accommodations": "座っての作業",
            "evaluation": "見本センター", "evaluation_on": "2026-01-15", "supporters": [{"name": "見本支援センター", "contact": "担当"}],
            "shown_to_employers": ["accommodations"],
        },
        "introduction": {"headline": "よろしくお願いします", "appeal": "こつこつ続けます。", "skills": "手作業"},
    })
}

pub(super) fn draft(value: Value) -> Draft {
    serde_json::from_value(value).expect("the test writes drafts of the right shape")
}

/// What is said of a section of the full draft after some of its fields were written anew; `jobs.company` is that of the first job.
fn after(section: Section, changes: &[(&str, Value)]) -> FieldErrors {
    let mut value = full();
    for (name, new) in changes {
        let mut at = &mut value[section.code()];
        let mut parts = name.split('.').peekable();
        while let Some(part) = parts.next() {
            at = &mut at[part];
            if parts.peek().is_some() && at.is_array() {
                at = &mut at[0];
            }
        }
        *at = new.clone();
    }
    draft(value).check(section, today())
}

/// The codes that are said of a field, whatever its place.
fn on(errors: &FieldErrors, field: &Field) -> Vec<Code> {
    let named = errors.iter().filter(|error| find(field.section, &error.field).is_some_and(|found| found.name == field.name));
    named.map(|error| error.code).collect()
}

fn codes(section: Section, changes: &[(&str, Value)], field: &str) -> Vec<Code> {
    let errors = after(section, changes);
    errors.of(field).collect()
}

/// Nothing, in the shape in which the full draft has the field.
fn nothing(field: &Field) -> Value {
    match &full()[field.section.code()][field.name] {
        Value::Array(_) => json!([]),
        Value::Object(_) => json!({}),
        _ => json!(""),
    }
}

#[test]
fn a_full_draft_is_complete_and_its_values_are_canonical() {
    let registration = completion::complete(&draft(full()), today()).expect("nothing is missing or wrong");
    assert_eq!(registration.basic.family_kana.as_str(), "ハロワ");
    assert_eq!(registration.basic.birth_date.to_string(), "1988-04-01");
    assert_eq!(registration.basic.address_line, "見本町１－２－３");
    assert_eq!(registration.wishes_work.employment_forms.len(), 1, "「どれでも」 stands alone");
    assert_eq!(registration.wishes_place.wage_min, 1300);
    assert!(completion::lacks(&draft(full()), today()).is_empty());
    assert!(completion::unknown_places(&registration).is_empty());
    let json = serde_json::to_string(&registration).expect("values have a JSON form");
    assert_eq!(serde_json::from_str::<completion::Registration>(&json).ok(), Some(registration));
}

#[test]
fn a_field_is_missed_exactly_where_the_table_requires_it() {
    for field in &FIELDS {
        let mut said = on(&after(field.section, &[(field.name, nothing(field))]), field);
        said.dedup();
        let expected: &[Code] = if field.required == Required::No { &[] } else { &[Code::Required] };
        assert_eq!(said, expected, "{} {}", field.section.code(), field.name);
    }
}

#[test]
fn a_field_whose_condition_is_not_met_is_not_asked_for_whatever_it_holds() {
    for field in &FIELDS {
        let (name, other) = match field.required {
            Required::If(name, codes) => {
                (name, find(field.section, name).and_then(|f| f.choices.iter().find(|c| !codes.contains(&c.code))))
            }
            Required::Unless(name, codes) => {
                (name, find(field.section, name).and_then(|f| f.choices.iter().find(|c| codes.contains(&c.code))))
            }
            _ => continue,
        };
        let Some(other) = other else { continue };
        let condition = if full()[field.section.code()][name].is_array() { json!([other.code]) } else { json!(other.code) };
        let garbage = match nothing(field) {
            Value::Array(_) if field.name == "jobs" => json!([{"from": "😀"}]),
            Value::Array(_) => json!(["😀"]),
            _ => json!("😀"),
        };
        let errors = after(field.section, &[(name, condition), (field.name, garbage)]);
        assert!(on(&errors, field).is_empty(), "{} {}", field.section.code(), field.name);
    }
}

#[test]
fn a_text_may_have_as_many_characters_as_the_table_says_and_no_more() {
    for field in &FIELDS {
        let Some(most) =
            field.max_chars.filter(|_| matches!(field.format, Format::FullWidth | Format::Katakana | Format::Line | Format::Lines))
        else {
            continue;
        };
        let of = |n: usize| on(&after(field.section, &[(field.name, json!("ア".repeat(n)))]), field);
        assert!(of(most).is_empty(), "{} {}", field.section.code(), field.name);
        assert_eq!(of(most + 1), [Code::TooLong], "{} {}", field.section.code(), field.name);
        assert_eq!(of(100_000), [Code::TooLong], "{} {}", field.section.code(), field.name);
    }
}

#[test]
fn what_is_not_among_the_choices_is_refused() {
    for field in &FIELDS {
        let forged = match field.format {
            Format::Choice if field.name == "handbook" => json!({"physical": "forged"}),
            Format::Choice => json!("forged"),
            Format::Choices => json!(["forged"]),
            _ => continue,
        };
        let errors = after(field.section, &[(field.name, forged)]);
        assert_eq!(on(&errors, field), [Code::NotAChoice], "{} {}", field.section.code(), field.name);
    }
}

#[test]
fn a_number_is_within_the_range_of_the_table() {
    for field in &FIELDS {
        let Format::Number(least, most) = field.format else { continue };
        let of = |text: String| {
            let value = if field.name == "occupation_experience" { json!([text, "1"]) } else { json!(text) };
            on(&after(field.section, &[(field.name, value)]), field)
        };
        for wrong in [format!("{}", i32::from(most) + 1), "99999999999".to_owned()] {
            assert_eq!(of(wrong), [Code::OutOfRange], "{}", field.name);
        }
        assert!(!of(format!("{least}")).contains(&Code::OutOfRange));
        assert_eq!(of("3.5".to_owned()), [Code::NotANumber], "{}", field.name);
        assert_eq!(of("-1".to_owned()), [Code::NotANumber], "{}", field.name);
    }
}

#[test]
fn a_group_takes_as_many_entries_as_the_table_says() {
    let license = json!({"name": "見本"});
    assert_eq!(codes(Section::Education, &[("licenses", json!(vec![license.clone(); 6]))], "licenses"), [Code::TooMany]);
    assert!(after(Section::Education, &[("licenses", json!(vec![license; 5]))]).is_empty());
    let supporter = json!({"name": "見本"});
    assert_eq!(codes(Section::Disability, &[("supporters", json!(vec![supporter; 6]))], "supporters"), [Code::TooMany]);
    let job = full()["history"]["jobs"][1].clone();
    assert_eq!(codes(Section::History, &[("jobs", json!(vec![job; 21]))], "jobs"), [Code::TooMany]);
    let all: Vec<String> = (1..=11).map(|code| format!("{code:02}")).collect();
    assert_eq!(codes(Section::WishesPlace, &[("places", json!(all))], "places"), [Code::TooMany]);
    let six = json!(["01-01", "05-01", "02-01", "03-01", "04-01", "06-01"]);
    assert_eq!(codes(Section::WishesWork, &[("occupations", six)], "occupations"), [Code::TooMany]);
}

#[test]
fn a_birth_lies_in_the_past_and_makes_15_to_120_years() {
    let of = |text: &str| codes(Section::Basic, &[("birth_date", json!(text))], "birth_date");
    assert_eq!(of("2026-11-26"), [Code::InTheFuture]);
    assert_eq!(of("2011-11-26"), [Code::TooYoung]);
    assert!(of("2011-11-25").is_empty(), "15 today");
    assert!(of("昭和20年11月26日").is_empty(), "80 until tomorrow");
    assert_eq!(of("昭和20年11月25日"), [Code::UnusualAge]);
    assert_eq!(of("明治30年1月1日"), [Code::Implausible]);
    assert_eq!(of("1988-11-31"), [Code::NotADay]);
    assert_eq!(of("平成元年1月7日"), [Code::NotADay], "the era began the next day");
    assert!(of("平成元年1月8日").is_empty());
}

#[test]
fn who_was_born_on_a_leap_day_grows_older_on_the_first_of_march() {
    let day = |y, m, d| Date::new(y, m, d).expect("a day of the calendar");
    assert_eq!(basic::age(day(2012, 2, 29), day(2027, 2, 28)), 14);
    assert_eq!(basic::age(day(2012, 2, 29), day(2027, 3, 1)), 15);
    assert_eq!(basic::age(day(2012, 2, 29), day(2028, 2, 29)), 16);
}

#[test]
fn names_and_addresses_take_no_emoji_and_drop_what_cannot_be_seen() {
    for (field, code) in [("family_name", Code::NotAllowedHere), ("family_kana", Code::NotKana), ("address_line", Code::NotAllowedHere)] {
        for text in ["ハル😀", "ハル\u{301}", "👩‍🏭"] {
            assert_eq!(codes(Section::Basic, &[(field, json!(text))], field), [code], "{text}");
        }
        assert_eq!(codes(Section::Basic, &[(field, json!("ハル\u{fffd}"))], field), [Code::BrokenCharacter]);
        assert!(codes(Section::Basic, &[(field, json!("ハ\u{200b}ル\u{0}\u{202e}"))], field).is_empty());
    }
}

#[test]
fn a_lone_surrogate_never_becomes_a_draft() {
    assert!(serde_json::from_str::<Draft>(r#"{"basic":{"family_name":"\ud842"}}"#).is_err());
    let pair: Draft = serde_json::from_str(r#"{"basic":{"family_name":"\ud842\udfb7"}}"#).expect("a pair is one character");
    assert_eq!(pair.basic.family_name, "𠮷");
}

#[test]
fn scripts_in_texts_of_ones_own_are_kept_faithfully() {
    let script = "</textarea><script>alert('1')</script>";
    let errors = after(Section::Introduction, &[("appeal", json!(script)), ("skills", json!("😀か\u{301}"))]);
    assert!(errors.is_empty());
    assert_eq!(codes(Section::Basic, &[("family_name", json!(script))], "family_name"), [Code::NotAllowedHere]);
}

#[test]
fn a_municipality_lies_in_its_prefecture_and_the_server_knows_whether_it_still_exists() {
    let of = |code: &str| codes(Section::Basic, &[("municipality", json!(code))], "municipality");
    for code in ["14101", "1310", "131010", "千代田区"] {
        assert_eq!(of(code), [Code::UnknownMunicipality], "{code}");
    }
    assert!(of("13999").is_empty(), "the browser has no table");
    let mut value = full();
    value["basic"]["municipality"] = json!("13999");
    value["wishes_place"]["places"] = json!(["13999"]);
    let registration = completion::complete(&draft(value), today()).expect("as far as the browser knows");
    let lacks = completion::unknown_places(&registration);
    assert!(lacks.iter().all(|lack| lack.code == Code::UnknownMunicipality));
    assert_eq!(
        lacks.iter().map(completion::Lack::href).collect::<Vec<_>>(),
        ["/registration/basic?check=1#field-municipality", "/registration/wishes-place?check=1#field-places"]
    );
}

#[test]
fn the_end_of_a_stay_is_pointed_out_90_days_before() {
    let of = |text: &str| codes(Section::Basic, &[("residence_until", json!(text))], "residence_until");
    assert_eq!(of("2026-11-24"), [Code::Ended]);
    assert_eq!(of("2026-11-25"), [Code::EndsSoon]);
    assert_eq!(of("2027-02-23"), [Code::EndsSoon]);
    assert!(of("2027-02-24").is_empty());
}

#[test]
fn hours_may_pass_midnight_but_not_last_nothing() {
    assert!(after(Section::WishesWork, &[]).is_empty(), "22:00 to 5:00");
    assert_eq!(codes(Section::WishesWork, &[("hours_to", json!("22:00"))], "hours_to"), [Code::SameTime]);
}

#[test]
fn hours_a_week_are_asked_about_from_20_and_from_30() {
    let of = |hours: &str| codes(Section::WishesWork, &[("hours_per_week", json!(hours))], "hours_per_week");
    assert!(of("19").is_empty());
    assert_eq!(of("20"), [Code::EmploymentInsurance]);
    assert_eq!(of("30"), [Code::NearlyFullTime]);
    let one_day = [("days_per_week", json!("1")), ("hours_per_week", json!("25"))];
    assert_eq!(codes(Section::WishesWork, &one_day, "hours_per_week"), [Code::MoreThanTheDays]);
}

#[test]
fn an_occupation_is_of_the_picker_stands_once_and_has_its_years() {
    let errors = after(
        Section::WishesWork,
        &[("occupations", json!(["05-01", "", "99-99", "05-01"])), ("occupation_experience", json!(["1", "", "2"]))],
    );
    let said: Vec<(&str, Code)> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
    let expected =
        [("occupations.2", Code::UnknownOccupation), ("occupation_experience.3", Code::Required), ("occupations.3", Code::Twice)];
    assert_eq!(said, expected);
}

#[test]
fn a_start_lies_ahead_within_two_years() {
    let of = |text: &str| codes(Section::WishesWork, &[("start_date", json!(text))], "start_date");
    assert_eq!(of("2026-11-24"), [Code::InThePast]);
    assert!(of("2026-11-25").is_empty());
    assert_eq!(of("2036-12-01"), [Code::Implausible]);
}

#[test]
fn pupils_of_junior_and_senior_high_school_are_refused_unless_they_attend_evenings_or_by_correspondence() {
    for school in ["junior-high", "high", "vocational", "kosen", "university"] {
        let of = |evening: &str| {
            let changes =
                [("last_school", json!(school)), ("school_state", json!("attending")), ("evening_or_correspondence", json!(evening))];
            codes(Section::Education, &changes, "school_state")
        };
        let refused: &[Code] = if matches!(school, "junior-high" | "high") { &[Code::Pupil] } else { &[] };
        assert_eq!(of(""), refused, "{school}");
        assert!(of("yes").is_empty(), "{school}");
    }
    assert!(after(Section::Education, &[("last_school", json!("high"))]).is_empty(), "who has graduated is no pupil");
}

#[test]
fn only_who_still_studies_graduates_in_the_future() {
    let of = |state: &str| codes(Section::Education, &[("school_state", json!(state)), ("graduated_on", json!("2027-03"))], "graduated_on");
    assert!(of("attending").is_empty());
    assert_eq!(of("graduated"), [Code::InTheFuture]);
}

#[test]
fn who_cannot_use_a_computer_has_no_skills_with_it() {
    assert_eq!(codes(Section::Education, &[("pc_skills", json!(["none", "typing"]))], "pc_skills"), [Code::Contradiction]);
    assert!(after(Section::Education, &[("pc_skills", json!(["none"]))]).is_empty());
}

fn job(from: &str, to: &str) -> Value {
    json!({"from": from, "to": to, "form": "regular", "occupation": "05-01", "duties": "販売"})
}

#[test]
fn a_job_ends_after_it_began_and_neither_lies_in_the_future() {
    let of = |from, to| {
        let errors = after(Section::History, &[("jobs", json!([job(from, to)]))]);
        errors.iter().map(|error| (error.field.clone(), error.code)).collect::<Vec<_>>()
    };
    assert_eq!(of("2020-04", "2020-03"), [("jobs.0.to".to_owned(), Code::Reversed)]);
    assert!(of("2020-04", "2020-04").is_empty());
    assert!(of("2026-11", "current").is_empty());
    assert!(of("2020-04", "").is_empty(), "nobody has to say");
    assert_eq!(of("2026-12", ""), [("jobs.0.from".to_owned(), Code::InTheFuture)]);
    assert_eq!(of("2026-11", "2026-12"), [("jobs.0.to".to_owned(), Code::InTheFuture)]);
    assert_eq!(of("2026-13", ""), [("jobs.0.from".to_owned(), Code::NotAMonth)]);
}

#[test]
fn jobs_at_the_same_time_are_asked_about() {
    let of = |jobs: Value| {
        let errors = after(Section::History, &[("jobs", jobs)]);
        errors.iter().map(|error| (error.field.clone(), error.code)).collect::<Vec<_>>()
    };
    let overlap = |place: &str| vec![(place.to_owned(), Code::Overlap)];
    assert_eq!(of(json!([job("2018-04", "current"), job("2015-04", "2019-03")])), overlap("jobs.1.from"));
    assert_eq!(of(json!([job("2015-04", "2019-03"), {}, job("2018-04", "2018-12")])), overlap("jobs.2.from"));
    assert!(of(json!([job("2019-03", "current"), job("2015-04", "2019-03")])).is_empty(), "one ends and the other begins");
    assert!(of(json!([job("2015-04", ""), job("2016-04", "2017-03")])).is_empty(), "an end that is not said");
}

#[test]
fn the_history_comes_out_newest_first() {
    let value =
        json!({"has_history": "yes", "jobs": [job("2010-04", "2012-03"), job("2020-04", "current"), {}, job("2013-04", "2019-03")]});
    let input: history::Input = serde_json::from_value(value).expect("the shape of the section");
    let jobs = history::validate(&input, today()).valid.expect("nothing is wrong").jobs;
    assert_eq!(jobs.iter().map(|job| job.from.to_string()).collect::<Vec<_>>(), ["2020-04", "2013-04", "2010-04"]);
}

#[test]
fn the_persons_own_name_and_telephone_in_the_introduction_are_pointed_out() {
    assert_eq!(codes(Section::Introduction, &[("appeal", json!("春和と申します"))], "appeal"), [Code::HoldsName]);
    assert_eq!(codes(Section::Introduction, &[("appeal", json!("090 0000 0000まで"))], "appeal"), [Code::HoldsContact]);
}

#[test]
fn the_section_on_disability_is_asked_for_only_with_yes_and_the_introduction_only_where_it_is_published() {
    let mut value = full();
    value["basic"]["disability"] = json!("unsaid");
    value["publication"]["publish_to_employers"] = json!("no");
    value["disability"] = json!({"kinds": ["forged"]});
    value["introduction"] = json!({});
    let registration = completion::complete(&draft(value.clone()), today()).expect("neither section is asked for");
    assert!(registration.disability.is_none() && registration.introduction.is_none());
    let states = completion::states(&draft(value), today());
    assert_eq!(states[6..], [(Section::Disability, State::NotAsked), (Section::Introduction, State::NotAsked)]);
}

#[test]
fn a_section_is_untouched_incomplete_wrong_or_complete() {
    let state = |value: Value| completion::state(&draft(value), Section::Basic, today());
    assert_eq!(state(json!({})), State::Untouched);
    assert_eq!(state(json!({"basic": {"family_name": "春和"}})), State::Incomplete);
    assert_eq!(state(json!({"basic": {"phone": "1"}})), State::Wrong);
    assert_eq!(state(full()), State::Complete);
}

#[test]
fn an_empty_draft_lacks_every_required_field_with_a_link_to_each() {
    let lacks = completion::complete(&Draft::default(), today()).expect_err("everything is missing");
    assert!(lacks.iter().all(|lack| lack.code == Code::Required));
    let first: Vec<String> = lacks.iter().take(2).map(completion::Lack::href).collect();
    assert_eq!(first, ["/registration/basic?check=1#field-family_name", "/registration/basic?check=1#field-given_name"]);
    let asked = |field: &&Field| {
        let section = Draft::default().asks(field.section);
        section && field.required == Required::Yes && !field.name.contains('.') && field.name != "occupation_experience"
    };
    assert_eq!(lacks.len(), FIELDS.iter().filter(asked).count());
}

/// Every text of a draft replaced, one after another, by those of `texts`.
fn replace(value: &mut Value, texts: &mut impl Iterator<Item = String>) {
    match value {
        Value::String(text) => *text = texts.next().unwrap_or_default(),
        Value::Array(entries) => entries.iter_mut().for_each(|entry| replace(entry, texts)),
        Value::Object(entries) => entries.values_mut().for_each(|entry| replace(entry, texts)),
        _ => {}
    }
}

/// Texts that a form might hold: anything, and what comes close to the right thing.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9０-９年月日/.:-]{0,12}",
        "[ァ-ヺぁ-ゖｱ-ﾝﾞﾟー\u{3099}\u{200b}\u{200d}]{0,12}",
        Just("yes".to_owned()),
        Just("part".to_owned()),
        Just("date".to_owned()),
        Just("05-01".to_owned()),
        Just("令和8年11月31日".to_owned()),
        Just("\u{0}\u{feff}\u{202e}".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_typed_there_are_values_exactly_where_nothing_is_red(typed in proptest::collection::vec(texts(), 90), keep in any::<u128>()) {
        // Some texts stay right, so that what depends on others is reached.
        let mut place = 0;
        let original: Vec<String> = leaves(&full());
        let mut value = full();
        let mut mixed = original.iter().zip(typed.iter().cycle()).map(|(right, typed)| {
            place += 1;
            if keep >> (place % 128) & 1 == 1 { right.clone() } else { typed.clone() }
        });
        replace(&mut value, &mut mixed);
        let draft = draft(value);
        let complete = completion::complete(&draft, today());
        let red = Section::ALL.into_iter().any(|section| draft.check(section, today()).has_errors());
        prop_assert_eq!(complete.is_err(), red);
        for (section, state) in completion::states(&draft, today()) {
            prop_assert_eq!(state == State::Wrong, draft.check(section, today()).has_wrong());
            for error in draft.check(section, today()).iter() {
                prop_assert!(find(section, &error.field).is_some(), "{}", error.field);
                prop_assert!(!super::wording::message(section, error).is_empty());
            }
        }
        if let Ok(registration) = complete {
            let json = serde_json::to_string(&registration).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(serde_json::from_str(&json).ok(), Some(registration));
        }
    }
}

fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(entries) => entries.iter().flat_map(leaves).collect(),
        Value::Object(entries) => entries.values().flat_map(leaves).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_a_section_would_send_reads_back_as_it_was() {
    let whole = draft(full());
    let mut read = Draft::default();
    for section in Section::ALL {
        read.read(section, &whole.written(section));
    }
    assert_eq!(read, whole);
}

#[test]
fn a_form_names_the_fields_that_the_table_has() {
    let whole = draft(full());
    for section in Section::ALL {
        for (name, _) in whole.written(section).0 {
            assert!(find(section, &name).is_some(), "{name}");
        }
    }
}
