use super::*;
use crate::occupations::{PICKER, PickerItemId, picker_items};
use crate::postings::facts::Flag;
use crate::postings::feed::{Derived, FeedSettings, derive};
use crate::postings::wage::Yen;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const SEED: u64 = 1;
/// Longest description of the feed, characters (FEED.md).
const LONGEST: usize = 360;

fn today() -> Date {
    Date::new(2026, 11, 25).expect("a day of the calendar")
}

fn three_thousand() -> Vec<Record> {
    (0..3000).map(|index| posting(index, SEED, today())).collect()
}

fn values<'a>(records: &'a [Record], tag: &str) -> BTreeMap<&'a str, usize> {
    let mut values = BTreeMap::new();
    for value in records.iter().filter_map(|record| record.get(tag)) {
        *values.entry(value).or_default() += 1;
    }
    values
}

fn share(records: &[Record], holds: impl Fn(&Record) -> bool) -> f64 {
    records.iter().filter(|record| holds(record)).count() as f64 / records.len() as f64
}

#[test]
fn the_same_seed_and_day_give_the_same_delivery() {
    let written = |seed| {
        let mut out = Vec::new();
        write_feed(300, seed, today(), &mut out).expect("memory takes it");
        out
    };
    assert_eq!(written(1), written(1));
    assert_ne!(written(1), written(2));
}

#[test]
fn every_kind_form_scope_and_prefecture_occurs_among_three_thousand() {
    let records = three_thousand();
    assert!(values(&records, "kjkbn1_c").into_keys().eq(["1", "2", "3", "4", "5"]));
    assert!(values(&records, "kjkbn2_c").into_keys().eq(["1", "2"]));
    assert!(values(&records, "kokaikibo").into_keys().eq(["1", "2", "3", "4"]));
    assert_eq!(values(&records, "koyokeitai_n").len(), 5);
    assert!(["月給", "日給", "時給", "年俸"].iter().all(|form| values(&records, "chgnkeitai_n").contains_key(form)));
    let prefectures: HashSet<u8> =
        records.iter().filter_map(|record| Some(crate::places::find_prefecture(record.get("shgbsjusho")?)?.code)).collect();
    assert_eq!(prefectures.len(), 47);
}

#[test]
fn every_address_is_found_among_the_municipalities() {
    for record in three_thousand() {
        for tag in ["shgbsjusho", "jgshszci"] {
            let address = record.get(tag).expect("an address");
            assert!(crate::places::find_municipality(address).is_some(), "{address}");
        }
    }
}

#[test]
fn every_title_belongs_to_the_picker_and_all_its_groups_occur() {
    let mut groups = BTreeSet::new();
    for record in three_thousand() {
        let class: u8 = record.get("skgybrui1_c").and_then(|class| class.get(..3)?.parse().ok()).expect("a class");
        let title = record.get("sksu").expect("a title");
        let items: Vec<PickerItemId> = picker_items(class, title);
        assert!(!items.is_empty(), "{class} {title}");
        groups.extend(items.into_iter().map(|item| item.group));
    }
    assert_eq!(groups.len(), PICKER.len());
}

#[test]
fn shares_are_as_in_the_real_feed() {
    let records = three_thousand();
    let within = |holds: &dyn Fn(&Record) -> bool, from: f64, to: f64, what: &str| {
        let share = share(&records, holds);
        assert!((from..to).contains(&share), "{what}: {share}");
    };
    within(&|r| r.get("shgbsjusho1_n").is_none(), 0.28, 0.38, "workplace area missing");
    within(&|r| r.get("chgnkeitai_kagen").is_some(), 0.17, 0.25, "stated total");
    within(&|r| r.get("sgsyakbn_n").is_some(), 0.02, 0.045, "reserved");
    within(&|r| r.get("onlinejishuobo_uktkkahi_n") == Some("可"), 0.35, 0.47, "self-application");
    within(&|r| r.get("bf_elevator").is_some(), 0.3, 0.5, "barrier-free facts");
    let says = |word: &'static str| move |r: &Record| r.items().any(|(_, text)| text.replace(['　', '\n'], "").contains(word));
    within(&says("業務"), 0.6, 1.0, "業務");
    within(&says("経験"), 0.55, 1.0, "経験");
    within(&says("訪問看護"), 0.04, 0.18, "訪問看護");
}

#[test]
fn descriptions_are_at_most_360_characters_150_on_average_and_different() {
    let records = three_thousand();
    let texts: Vec<&str> = records.iter().filter_map(|record| record.get("shigoto_ny")).collect();
    let lengths: Vec<usize> = texts.iter().map(|text| text.chars().count()).collect();
    assert!(lengths.iter().all(|length| *length <= LONGEST), "{:?}", lengths.iter().max());
    let mean = lengths.iter().sum::<usize>() / lengths.len();
    assert!((130..175).contains(&mean), "{mean}");
    assert!(texts.iter().collect::<HashSet<_>>().len() > texts.len() * 99 / 100);
}

#[test]
fn only_postings_with_a_name_accept_self_application() {
    for record in three_thousand() {
        if record.get("onlinejishuobo_uktkkahi_n") == Some("可") {
            assert!(matches!(record.get("kokaikibo"), Some("1" | "2")));
        }
    }
}

#[test]
fn the_delivery_is_well_formed_and_holds_some_postings_twice() {
    let mut out = Vec::new();
    write_feed(1000, SEED, today(), &mut out).expect("memory takes it");
    let mut reader = quick_xml::Reader::from_reader(out.as_slice());
    let mut buffer = Vec::new();
    let mut postings = 0;
    loop {
        match reader.read_event_into(&mut buffer).expect("well-formed XML") {
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "data" => postings += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    assert_eq!(postings, 1000 + (0..1000).filter(|index| comes_twice(*index)).count());
}

#[test]
fn chains_have_many_postings_and_most_employers_a_few() {
    let records = three_thousand();
    let mut by_employer: HashMap<&str, usize> = HashMap::new();
    for record in &records {
        *by_employer.entry(record.get("jgshno").expect("an employer")).or_default() += 1;
    }
    assert!(by_employer.values().any(|count| *count >= 5));
    assert!(by_employer.values().filter(|count| **count >= 2).count() > by_employer.len() / 2);
    assert!(by_employer.len() > 800);
}

#[test]
fn one_record_in_a_thousand_is_bad_and_says_nothing_else_wrong() {
    let bad: Vec<Planted> = (0..4000).filter_map(planted).collect();
    assert_eq!(bad, [Planted::ImpossibleDate, Planted::BrokenNumber, Planted::AbsurdWage, Planted::MissingNumber]);
}

#[test]
fn every_good_posting_is_read_without_a_fault_and_as_it_was_meant() {
    let settings = FeedSettings::default();
    for index in (0..3000).filter(|index| planted(*index).is_none()) {
        let record = posting(index, SEED, today());
        let offer = offer::offer(index, SEED, today()).0;
        let Derived { posting, .. } = derive(&record, &settings).unwrap_or_else(|faults| panic!("{index}: {faults:?}"));
        assert_eq!(posting.number.as_str(), offer.number);
        let times = (Some(offer.time), offer.received_on, offer.deadline);
        assert_eq!((posting.work_time, posting.received_on, posting.deadline), times, "{index}");
        assert_eq!((posting.kind, posting.scope), (offer.kind, offer.scope), "{index}");
        assert_eq!(posting.form, record.get("koyokeitai_n").map(|_| offer.form), "{index}");
        assert_eq!(posting.municipality, Some(offer.place.code), "{index}");
        assert_eq!(posting.industry_middle, Some(offer.employer.industry), "{index}");
        assert_eq!(posting.occupation.map(|class| format!("{class:03}")).as_deref(), offer.job.class.get(..3), "{index}");
        assert_eq!(posting.staff, Some(offer.employer.staff), "{index}");
        for (flag, meant) in [
            (Flag::Reserved, offer.is_reserved),
            (Flag::SelfApplication, offer.accepts_self_application),
            (Flag::Remote, offer.is_remote),
            (Flag::Elevator, record.get("bf_elevator") == Some("あり")),
        ] {
            assert_eq!(posting.flags.has(flag), meant, "{index} {flag:?}");
        }
    }
}

#[test]
fn wages_are_read_as_they_were_meant_and_an_hour_of_each_is_told() {
    let settings = FeedSettings::default();
    let (mut told, mut fixed) = (0, 0);
    for record in three_thousand().iter().filter(|record| record.get("khkykagen").is_some()) {
        let Ok(Derived { posting, .. }) = derive(record, &settings) else { continue };
        let end = |tag| record.get(tag).and_then(|yen| yen.parse().ok()).expect("an amount");
        assert_eq!(posting.wage.base, Some(Yen { from: end("khkykagen"), to: end("khkyjgn") }));
        if record.get("ktizangydaitkjk").is_some() {
            assert!(
                posting.wage.fixed_overtime.is_some() && posting.wage.fixed_overtime_hours.is_some_and(|hours| (10..=45).contains(&hours))
            );
            fixed += 1;
        }
        if record.get("chgnkeitai_kagen").is_some() {
            assert_eq!(posting.wage.total.map(|total| total.from), Some(end("chgnkeitai_kagen")));
        }
        if let Some(hour) = posting.wage.hourly_equivalent {
            assert!((950..8_000).contains(&hour.from), "{} {hour:?}", posting.number);
            told += 1;
        }
    }
    assert!(told > 2_500, "{told}");
    assert!(fixed > 100, "{fixed}");
}

#[test]
fn bad_records_are_refused_for_what_was_planted() {
    let settings = FeedSettings::default();
    for index in (0..4000).filter(|index| planted(*index).is_some()) {
        let item = match planted(index) {
            Some(Planted::ImpossibleDate) => "uktkymd_seireki",
            Some(Planted::AbsurdWage) => "khkykagen",
            _ => "kjno",
        };
        let faults = derive(&posting(index, SEED, today()), &settings).expect_err("a bad record");
        assert!(faults.iter().any(|fault| fault.item == item), "{index}: {faults:?}");
    }
}

#[test]
fn hard_wraps_of_descriptions_are_joined_but_for_one_in_fifty_of_an_unusual_width() {
    let settings = FeedSettings::default();
    let descriptions = (0..1000).filter_map(|index| Some(derive(&posting(index, SEED, today()), &settings).ok()?.posting.description));
    // No sentence holds a full-width space of its own.
    let wrapped = descriptions.filter(|description| description.contains('　')).count();
    assert!(wrapped < 20, "{wrapped}");
}
