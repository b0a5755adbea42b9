//! The index agrees with a scan of every posting, whatever is asked, also after changes and merges.

use super::columns::Facts;
use super::doc::{Doc, Field};
use super::follow::Growing;
use super::{Scan, SearchIndex};
use crate::date::Date;
use crate::occupations::PickerItemId;
use crate::postings::facts::{EmploymentForm, Flag, Flags, Kind, PublishingScope};
use crate::postings::posting::{Listing, Posting};
use crate::postings::search::query::{Param, SearchQuery};
use crate::postings::search::results::ResultRow;
use crate::postings::{PostingNumber, Viewer, Wage, WageForm, Yen};
use fastrand::Rng;
use proptest::prelude::*;

fn today() -> Date {
    Date::new(2026, 11, 25).expect("a day of the calendar")
}

/// Few characters, so that many runs are frequent; one of them beyond the basic plane, one of the private area it is stood in for.
const CHARACTERS: [char; 9] = ['看', '護', '師', '訪', '問', 'ア', 'a', '\u{20bb7}', '\u{ebb7}'];

fn text(rng: &mut Rng, longest: usize) -> String {
    (0..rng.usize(..=longest)).map(|_| if rng.u8(..8) == 0 { '　' } else { CHARACTERS[rng.usize(..CHARACTERS.len())] }).collect()
}

fn some<T>(rng: &mut Rng, value: T) -> Option<T> {
    rng.bool().then_some(value)
}

fn posting(number: u32, rng: &mut Rng) -> Posting {
    let wage = rng.u32(900..1100);
    let yen = |from| Some(Yen { from, to: from + 100 });
    Posting {
        number: format!("13010-{number}").parse().expect("a number"),
        kind: Kind::ALL[rng.usize(..5)],
        work_time: None,
        scope: PublishingScope::ALL[rng.usize(..4)],
        received_on: today().plus_days(-rng.i32(0..20)),
        deadline: today().plus_days(rng.i32(-2..20)),
        establishment_number: some(rng, "1301-1-1".parse().expect("a number")),
        form: EmploymentForm::ALL.get(rng.usize(..7)).copied(),
        prefecture: Some(rng.u8(13..=14)),
        municipality: Some(rng.u32(13_101..13_104)),
        occupation: None,
        picker_items: (0..rng.usize(..3))
            .filter_map(|_| PickerItemId::from_code(["05-01", "05-02", "12-09", "13-03"][rng.usize(..4)]))
            .collect(),
        industry_major: some(rng, 'P'),
        industry_middle: some(rng, rng.clone().u8(84..86)),
        flags: Flag::ALL.iter().copied().filter(|_| rng.u8(..4) == 0).collect::<Flags>(),
        wage: Wage {
            form: Some(WageForm::ALL[rng.usize(..5)]),
            total: yen(wage),
            fixed_overtime: yen(50),
            hourly_equivalent: some(rng, yen(wage)).flatten(),
            ..Wage::default()
        },
        days_off: some(rng, 110),
        overtime: some(rng, rng.clone().u16(..30)),
        hours: (0..rng.usize(..3)).map(|_| (rng.u16(400..600), rng.u16(900..1500))).collect(),
        ages: (some(rng, 18), some(rng, 64)),
        staff: some(rng, rng.clone().u32(..100)),
        title: text(rng, 4),
        name: text(rng, 3),
        name_kana: String::new(),
        description: text(rng, 24),
        station: some(rng, text(&mut rng.clone(), 4)),
        licences: format!("{}\n{}", text(rng, 3), text(rng, 3)),
        other_texts: text(rng, 8),
    }
}

fn doc(posting: &Posting) -> Option<Doc> {
    let row = ResultRow {
        number: posting.number.clone(),
        title: posting.title.clone(),
        name: Some(posting.name.clone()),
        kind: posting.kind,
        work_time: None,
        form: posting.form,
        place: None,
        station: None,
        wage: posting.wage.clone(),
        hours: Vec::new(),
        days_off: None,
        days_off_year: None,
        description: String::new(),
        flags: posting.flags,
        received_on: posting.received_on,
        deadline: posting.deadline,
        closed: false,
    };
    Doc::of(posting, &Listing { scope: posting.scope, row })
}

fn words(rng: &mut Rng) -> String {
    let word = |_| format!("{}{}", ["", "", "-", "OR "][rng.usize(..4)], text(rng, 11).replace('　', ""));
    (0..2).map(word).collect::<Vec<_>>().join(" ")
}

fn query(rng: &mut Rng) -> SearchQuery {
    let mut query = SearchQuery::default();
    let mut maybe = |param, often: u8, value: &dyn Fn(&mut Rng) -> String| {
        if rng.u8(..100) < often {
            query = std::mem::take(&mut query).with(param, &value(rng));
        }
    };
    maybe(Param::Words, 70, &|rng| words(rng));
    maybe(Param::WordsIn, 20, &|rng| ["title", "work", "name"][rng.usize(..3)].into());
    maybe(Param::Exclude, 15, &|rng| text(rng, 2));
    maybe(Param::Number, 3, &|rng| format!("13010-{}", rng.u32(..400)));
    maybe(Param::Establishment, 5, &|_| "1301-1-1".into());
    maybe(Param::Kind, 15, &|rng| Kind::ALL[rng.usize(..5)].code().into());
    maybe(Param::Prefecture, 20, &|rng| format!("{}", rng.u8(13..=14)));
    maybe(Param::City, 15, &|rng| format!("{}", rng.u32(13_101..13_104)));
    maybe(Param::Occupation, 15, &|rng| ["05", "05-01", "12", "13-03"][rng.usize(..4)].into());
    maybe(Param::Industry, 10, &|rng| ["P", "85", "Q"][rng.usize(..3)].into());
    maybe(Param::Form, 15, &|rng| EmploymentForm::ALL[rng.usize(..5)].code().into());
    maybe(Param::WageMonth, 8, &|_| "1000".into());
    maybe(Param::WageHour, 8, &|_| "1000".into());
    maybe(Param::WageFixed, 30, &|_| "1".into());
    maybe(Param::StartsFrom, 8, &|_| "08:00".into());
    maybe(Param::EndsBy, 8, &|_| "18:00".into());
    maybe(Param::Overtime, 8, &|_| "10".into());
    maybe(Param::DaysOff, 8, &|_| "105".into());
    maybe(Param::Age, 8, &|_| "17".into());
    maybe(Param::Staff, 8, &|_| "50".into());
    maybe(Param::Licence, 8, &|rng| text(rng, 2));
    maybe(Param::Line, 8, &|rng| text(rng, 2));
    maybe(Param::Name, 8, &|rng| text(rng, 2));
    maybe(Param::NameNot, 8, &|rng| text(rng, 1));
    maybe(Param::New, 10, &|_| "7".into());
    maybe(Param::Must, 15, &|rng| Flag::ALL[rng.usize(..Flag::ALL.len())].code().into());
    maybe(Param::Not, 15, &|rng| Flag::ALL[rng.usize(..Flag::ALL.len())].code().into());
    maybe(Param::Sort, 50, &|rng| ["deadline", "wage-high", "wage-low"][rng.usize(..3)].into());
    maybe(Param::Per, 50, &|_| "10".into());
    maybe(Param::Page, 30, &|rng| format!("{}", rng.u8(1..5)));
    query
}

/// Puts postings into an index as one segment; those not published, and a closed one of every seven, only go out of it.
fn put_in(index: &SearchIndex, postings: &[Posting]) {
    let folder = index.inner.folder.clone().expect("the index is kept");
    let snapshot = index.snapshot();
    let mut growing = Growing::new(&folder, &snapshot).expect("a segment begins");
    for (at, posting) in postings.iter().enumerate() {
        let doc = doc(posting).filter(|_| at % 7 != 6);
        growing.add(&posting.number, doc.as_ref()).expect("the segment grows");
    }
    index.put_in(&folder, &snapshot, growing).expect("the segment is put into use");
}

fn agrees(index: &SearchIndex, rng: &mut Rng, queries: usize) -> Result<(), TestCaseError> {
    let scan = Scan::of(index, today()).expect("the index can be read");
    for _ in 0..queries {
        let query = query(rng);
        let viewer = [Viewer::Anyone, Viewer::RegisteredSeeker][rng.usize(..2)];
        let results = index.search(&query, viewer, today()).expect("the index answers");
        let (total, facets, page) = scan.search(&query, viewer);
        prop_assert_eq!(results.total, total, "{}", query.to_url());
        prop_assert_eq!(&results.facets, &facets, "{}", query.to_url());
        let numbers: Vec<PostingNumber> = results.postings.iter().map(|row| row.number.clone()).collect();
        prop_assert_eq!(numbers, page, "{}", query.to_url());
        prop_assert_eq!(index.count(&query, viewer, today()).expect("the index answers"), total);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_index_finds_what_a_scan_finds_after_changes_merges_and_a_restart(seed: u64) {
        let mut rng = Rng::with_seed(seed);
        let folder = tempfile::tempdir().expect("a scratch folder");
        let index = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
        let first: Vec<Posting> = (0..400).map(|number| posting(number, &mut rng)).collect();
        put_in(&index, &first);
        agrees(&index, &mut rng, 60)?;
        for _ in 0..10 {
            let from = rng.u32(..380);
            let changed: Vec<Posting> = (from..from + rng.u32(1..20)).map(|number| posting(number, &mut rng)).collect();
            put_in(&index, &changed);
        }
        prop_assert!(index.snapshot().parts.len() <= 8);
        agrees(&index, &mut rng, 60)?;
        let before = index.search(&SearchQuery::default(), Viewer::Anyone, today()).expect("the index answers");
        drop(index);
        let again = SearchIndex::open(folder.path().to_owned()).expect("the index opens again");
        prop_assert_eq!(again.search(&SearchQuery::default(), Viewer::Anyone, today()).expect("the index answers"), before);
    }
}

#[test]
fn a_phrase_is_found_wherever_it_stands_and_never_across_two_texts() {
    let mut rng = Rng::with_seed(1);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let index = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
    let mut posting = posting(1, &mut rng);
    posting.scope = PublishingScope::Everyone;
    posting.deadline = today();
    posting.description = "小規模多機　能型居宅介護の送迎".into();
    posting.licences = "普通自動車\n看護師".into();
    put_in(&index, &[posting]);
    let total = |words: &str| index.count(&SearchQuery::default().with(Param::Words, words), Viewer::Anyone, today()).expect("an answer");
    for words in ["多機能型", "迎", "小規模多機能型居宅介護の送迎", "能型", "ソウゲイ OR 送迎", "普通自動車 看護師"]
    {
        assert_eq!(total(words), 1, "{words}");
    }
    for words in ["多機型", "車看", "迎普", "送迎 -介護"] {
        assert_eq!(total(words), 0, "{words}");
    }
}

#[test]
fn only_one_process_keeps_an_index() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let _first = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
    assert!(matches!(SearchIndex::open(folder.path().to_owned()), Err(super::IndexError::Locked(_))));
}

#[test]
fn names_that_the_viewer_may_not_see_are_not_found_counted_or_shown() {
    let mut rng = Rng::with_seed(2);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let index = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
    let postings: Vec<Posting> = (0u32..)
        .zip(PublishingScope::ALL)
        .map(|(number, scope)| {
            let establishment_number = "1301-123456-1".parse().ok();
            Posting { scope: *scope, name: "架空商店".into(), deadline: today(), establishment_number, ..posting(number, &mut rng) }
        })
        .collect();
    put_in(&index, &postings);
    for (param, value) in [(Param::Words, "架空"), (Param::Name, "架空商店"), (Param::Establishment, "1301-123456-1")] {
        let query = SearchQuery::default().with(param, value);
        for (viewer, expected) in [(Viewer::Anyone, 1), (Viewer::RegisteredSeeker, 2)] {
            let results = index.search(&query, viewer, today()).expect("an answer");
            assert_eq!(results.total, expected, "{value} {viewer:?}");
            assert_eq!(results.facets.pref.iter().map(|(_, count)| count).sum::<u32>(), expected);
        }
    }
    let all = index.search(&SearchQuery::default(), Viewer::Anyone, today()).expect("an answer");
    assert_eq!((all.total, all.postings.iter().filter(|row| row.name.is_some()).count()), (3, 1));
    let without = SearchQuery::default().with(Param::NameNot, "架空");
    assert_eq!(
        index.count(&without, Viewer::Anyone, today()).expect("an answer"),
        2,
        "a hidden name is not excluded either: that would tell it"
    );
}

#[test]
fn with_no_result_the_conditions_worth_dropping_are_told() {
    let mut rng = Rng::with_seed(3);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let index = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
    let posting = Posting {
        title: "看護師".into(),
        prefecture: Some(13),
        deadline: today(),
        scope: PublishingScope::Everyone,
        ..posting(1, &mut rng)
    };
    put_in(&index, &[posting]);
    let query = SearchQuery::default().with(Param::Words, "看護師").with(Param::Prefecture, "27");
    let results = index.search(&query, Viewer::Anyone, today()).expect("an answer");
    assert_eq!(results.relaxations.iter().map(|r| (r.name.as_str(), r.value.as_str(), r.total)).collect::<Vec<_>>(), [("pref", "27", 1)]);
    let query = SearchQuery::default().with(Param::Words, "看護師 寿司").with(Param::Sort, "deadline");
    let results = index.search(&query, Viewer::Anyone, today()).expect("an answer");
    let told: Vec<_> = results.relaxations.iter().map(|r| (r.value.as_str(), r.total, r.instead.to_url())).collect();
    assert_eq!(told, [("看護師 寿司", 1, "sort=deadline".to_owned()), ("寿司", 1, "q=%E7%9C%8B%E8%AD%B7%E5%B8%AB&sort=deadline".into())]);
}

#[test]
fn a_document_reads_back_as_it_was_put_in() {
    let mut rng = Rng::with_seed(4);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let index = SearchIndex::open(folder.path().to_owned()).expect("an index begins");
    let posting = Posting { scope: PublishingScope::Everyone, ..posting(1, &mut rng) };
    let doc = doc(&posting).expect("a published posting");
    assert_eq!(doc.texts.len(), Field::ALL.len());
    assert_eq!(doc.facts, Facts::of(&posting));
    put_in(&index, &[posting]);
    assert_eq!(index.snapshot().parts[0].segment.doc(0).expect("it reads"), doc);
}
