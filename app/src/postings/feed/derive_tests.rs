use super::*;
use crate::date::Date;
use crate::postings::facts::WageForm;
use crate::postings::feed::read_records;
use crate::postings::wage::Yen;
use crate::postings::{Viewer, wage::Wage};
use proptest::prelude::*;
use std::ops::ControlFlow;

const FEED: &str = include_str!("testdata/feed.xml");

fn records() -> Vec<Record> {
    let mut records = Vec::new();
    read_records(FEED.as_bytes(), |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .expect("the file is a document of the feed");
    records
}

fn derived(record: &Record) -> Derived {
    derive(record, &FeedSettings::default()).expect("the record has no fault")
}

/// A record with what every record must have, and `items` in place of or beside it.
fn record(items: &[(&str, &str)]) -> Record {
    let must = [("kjno", "13010-1"), ("uktkymd_seireki", "2026/11/04"), ("kjyukoymd", "2027/01/31"), ("sksu", "事務")];
    items.iter().copied().chain(must).collect()
}

#[test]
fn a_whole_posting_becomes_typed_columns() {
    let Derived { posting, listing } = derived(&records()[0]);
    assert_eq!(posting.number.as_str(), "13010-00000161");
    assert_eq!((posting.kind, posting.work_time), (Kind::General, Some(WorkTime::Full)));
    assert_eq!((posting.scope, listing.scope), (PublishingScope::Everyone, PublishingScope::Everyone));
    assert_eq!((Some(posting.received_on), Some(posting.deadline)), (Date::new(2026, 11, 4), Date::new(2027, 1, 31)));
    assert_eq!(posting.establishment_number.as_ref().map(|n| n.as_str()), Some("1301-000016-1"));
    assert_eq!(posting.form, Some(EmploymentForm::Regular));
    assert_eq!((posting.prefecture, posting.municipality), (Some(13), Some(13101)));
    assert_eq!((posting.occupation, posting.industry_major, posting.industry_middle), (Some(50), Some('P'), Some(85)));
    assert_eq!(posting.picker_items.iter().map(|item| item.code()).collect::<Vec<_>>(), ["05-01"]);
    assert_eq!((posting.days_off, posting.overtime, posting.ages, posting.staff), (Some(115), Some(8), (None, Some(64)), Some(120)));
    assert_eq!(posting.hours, [(510, 1050), (990, 2010)]);
    let yen = |from, to| Some(Yen { from, to });
    let wage = Wage {
        form: Some(WageForm::Monthly),
        base: yen(200_000, 240_000),
        fixed_allowances: yen(25_000, 30_000),
        fixed_overtime: None,
        fixed_overtime_hours: None,
        total: yen(225_000, 270_000),
        // 12 months over 250 days of 8 hours.
        hourly_equivalent: yen(1_350, 1_620),
    };
    assert_eq!(posting.wage, wage);
    let flags = [
        Flag::SelfApplication,
        Flag::Elevator,
        Flag::AccessibleToilet,
        Flag::NoEducation,
        Flag::DrivingLicence,
        Flag::NoTransfer,
        Flag::NearStation,
        Flag::NonSmoking,
        Flag::Bonus,
        Flag::Raise,
        Flag::Shift,
        Flag::EmploymentInsurance,
        Flag::AccidentInsurance,
        Flag::HealthInsurance,
        Flag::PensionInsurance,
        Flag::RetirementPay,
        Flag::Permanent,
        Flag::Reemployment,
        Flag::NoDocumentScreening,
        Flag::UTurn,
    ];
    assert_eq!(posting.flags.iter().collect::<Vec<_>>(), flags);
}

#[test]
fn long_texts_are_joined_and_short_ones_left_alone() {
    let posting = derived(&records()[0]).posting;
    let joined = "当事業所は地域に根ざした小規模多機能型居宅介護の事業所です。利用者様の生活を支えるお仕事です。\n\
        ＊食事、入浴の介助\n＊レクリエーション　ほか";
    assert_eq!(posting.description, joined);
    assert_eq!(posting.name, "株式会社　見本みどり");
    assert_eq!(posting.licences, "介護福祉士（あれば尚可）\n普通自動車運転免許（必須）");
    assert!(posting.other_texts.contains("通所介護を行う事業所"), "{}", posting.other_texts);
}

#[test]
fn a_list_row_shows_what_the_official_row_shows() {
    let row = derived(&records()[0]).listing.row;
    assert_eq!(row.name.as_deref(), Some("株式会社　見本みどり"));
    assert_eq!(row.place.as_deref(), Some("東京都千代田区"));
    assert_eq!(row.station.as_deref(), Some("架空線　見本駅（徒歩8分）"));
    assert_eq!(row.hours, ["交替制（シフト制）", "(1) 8時30分～17時30分", "(2) 16時30分～9時30分"]);
    assert_eq!((row.days_off.as_deref(), row.days_off_year), (Some("その他"), Some(115)));
    assert!(row.description.chars().count() <= 120 && !row.description.contains('\n'));
    assert!(!row.closed);
}

#[test]
fn a_posting_without_name_shows_no_more_than_the_municipality() {
    let Derived { posting, listing } = derived(&records()[1]);
    assert_eq!((posting.kind, posting.scope), (Kind::Disabled, PublishingScope::WithoutName));
    assert!(posting.flags.has(Flag::Reserved) && posting.flags.has(Flag::NoOvertime));
    assert!(!posting.flags.has(Flag::SelfApplication), "nobody could be written to");
    assert_eq!((posting.prefecture, posting.municipality), (Some(27), Some(27127)));
    assert_eq!(posting.hours, [(540, 960)]);
    assert_eq!(posting.wage.hourly_equivalent, Some(Yen { from: 1_200, to: 1_360 }));
    let row = listing.shown_to(Viewer::RegisteredSeeker, posting.received_on);
    assert_eq!((row.place.as_deref(), row.name), (Some("大阪府大阪市北区"), None));
    assert!(!posting.other_texts.contains("架空町"));
}

#[test]
fn name_homepage_telephone_and_people_are_in_no_text_that_the_free_word_searches() {
    let posting = derived(&records()[0]).posting;
    for hidden in ["見本みどり", "ミホンミドリ", "example", "太郎", "花子", "00-0000"] {
        for text in [&posting.other_texts, &posting.licences, &posting.description, &posting.title] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
}

#[test]
fn the_full_address_is_searched_only_where_everyone_may_see_whose_it_is() {
    for (scope, searched) in [("1", true), ("", true), ("2", false), ("3", false), ("4", false)] {
        let record = record(&[("kokaikibo", scope), ("shgbsjusho", "東京都千代田区架空町１－２－３"), ("shgbsjusho1_n", "東京都千代田区")]);
        let texts = derived(&record).posting.other_texts;
        assert_eq!(texts.contains("架空町"), searched, "{scope}");
        assert!(texts.contains("東京都千代田区"));
    }
}

#[test]
fn all_faults_of_a_record_are_told_with_its_number() {
    let faults = derive(&records()[2], &FeedSettings::default()).expect_err("the record is faulty");
    let items: Vec<_> = faults.iter().map(|fault| fault.item).collect();
    assert_eq!(items, ["kjno", "kokaikibo", "uktkymd_seireki", "sksu", "khkykagen"]);
    assert!(faults.iter().all(|fault| fault.number.as_deref() == Some("1301-0000016")));
    assert_eq!(faults[0].to_string(), "1301-0000016：kjno：求人番号の形ではありません（1301-0000016）");
    assert_eq!(faults[2].to_string(), "1301-0000016：uktkymd_seireki：暦にない日付か、読めない日付です（2026/11/31）");
    let nameless = derive(&Record::default(), &FeedSettings::default()).expect_err("there is nothing in it");
    assert_eq!(nameless[0].to_string(), "求人番号なし：kjno：値がありません");
}

#[test]
fn what_cannot_be_read_beside_that_counts_as_not_stated() {
    let odd = [("jgshno", "x"), ("skgybrui1_c", "？"), ("nenkankjsu_n", "500"), ("jkgi_thkinjn_ji_n", "900"), ("nenreisegnari_kagen", "3")];
    let posting = derived(&record(&odd)).posting;
    assert_eq!((posting.establishment_number, posting.occupation, posting.days_off), (None, None, None));
    assert_eq!((posting.overtime, posting.ages, posting.picker_items.len()), (None, (None, None), 0));
}

#[test]
fn of_an_item_that_comes_twice_the_first_that_says_anything_counts() {
    let record = record(&[("jgis_kigyozentai_n", "未選択"), ("jgis_kigyozentai_n", "5人"), ("jgis_kigyozentai_n", "6人")]);
    assert_eq!(derived(&record).posting.staff, Some(5));
}

#[test]
fn the_publishing_scope_is_never_guessed() {
    let scope = |text| derive(&record(&[("kokaikibo", text)]), &FeedSettings::default()).map(|derived| derived.posting.scope);
    assert_eq!(scope("３"), Ok(PublishingScope::WithoutName));
    assert_eq!(scope("02"), Ok(PublishingScope::RegisteredSeekers));
    assert_eq!(scope("未選択"), Ok(PublishingScope::Everyone));
    for text in ["5", "0", "公開", "12"] {
        assert!(scope(text).is_err(), "{text}");
    }
}

#[test]
fn kinds_times_and_forms_are_read_by_name_else_by_code() {
    let kind = |name, code| derived(&record(&[("kjkbn1_n", name), ("kjkbn1_c", code)])).posting.kind;
    assert_eq!(kind("一般", ""), Kind::General);
    assert_eq!(kind("新卒・既卒（大卒等）", "1"), Kind::Graduates);
    assert_eq!(kind("", "３"), Kind::Seasonal);
    assert_eq!(kind("出稼ぎ", ""), Kind::Migrant);
    assert_eq!(kind("", ""), Kind::General);
    assert_eq!(derived(&record(&[("sgsyakbn_n", "障害者")])).posting.kind, Kind::Disabled);
    let time = |name, code| derived(&record(&[("kjkbn2_n", name), ("kjkbn2_c", code)])).posting.work_time;
    assert_eq!(time("フルタイム", "2"), Some(WorkTime::Full));
    assert_eq!(time("", "2"), Some(WorkTime::Part));
    assert_eq!(time("", "0"), None);
    let table = [
        ("正社員", Some(EmploymentForm::Regular)),
        ("正社員以外（契約社員）", Some(EmploymentForm::NonRegular)),
        ("契約社員", Some(EmploymentForm::NonRegular)),
        ("無期雇用派遣労働者", Some(EmploymentForm::PermanentDispatch)),
        ("有期雇用派遣労働者", Some(EmploymentForm::FixedTermDispatch)),
        ("パート労働者", Some(EmploymentForm::PartTimer)),
        ("未選択", None),
    ];
    for (name, expected) in table {
        assert_eq!(derived(&record(&[("koyokeitai_n", name)])).posting.form, expected, "{name}");
    }
}

#[test]
fn classes_are_read_out_of_codes_of_several_lengths() {
    let table =
        [("050-01", Some(50)), ("０５０－０１", Some(50)), ("050", Some(50)), ("50", Some(50)), ("05001", Some(50)), ("5001", Some(50))];
    for (code, expected) in table.into_iter().chain([("", None), ("000-01", None), ("100-01", None), ("A50", None), ("050001", None)]) {
        assert_eq!(occupation(code), expected, "{code}");
    }
    let table = [
        ("P", "854", (Some('P'), Some(85))),
        ("Ｐ", "８５", (Some('P'), Some(85))),
        ("", "8511", (Some('P'), Some(85))),
        ("A", "11", (Some('A'), Some(1))),
        ("E", "11", (Some('E'), Some(11))),
        ("A", "854", (Some('A'), None)),
        ("Z", "", (None, None)),
        ("", "", (None, None)),
    ];
    for (major, code, expected) in table {
        assert_eq!(industry(major, code), expected, "{major} {code}");
    }
}

#[test]
fn barrier_free_facts_are_read_by_configured_tags_too() {
    let settings = FeedSettings { barrier_free: "job-coach=kj_jc_n".parse().expect("a tag") };
    let record = record(&[("kj_jc_n", "あり"), ("bf_wheelchair", "あり"), ("bf_restroom", "なし")]);
    let flags = derive(&record, &settings).expect("no fault").posting.flags;
    assert_eq!(flags.iter().collect::<Vec<_>>(), [Flag::Wheelchair, Flag::JobCoach]);
}

proptest! {
    #[test]
    fn any_text_in_any_item_ends_with_an_answer(tag in 0_usize..80, text in ".{0,60}") {
        let known: Vec<String> = records()[0].items().map(|(tag, _)| tag.to_owned()).collect();
        let odd = record(&[(known[tag % known.len()].as_str(), text.as_str())]);
        if let Ok(derived) = derive(&odd, &FeedSettings::default()) {
            prop_assert!(derived.posting.wage.base.is_none_or(|base| base.from <= base.to));
            prop_assert!(derived.listing.row.description.chars().count() <= 120);
        }
    }
}
