use super::*;
use crate::postings::facts::{EmploymentForm, Flags, Kind, WageForm, WorkTime};
use crate::postings::sheet::items::Source;
use crate::postings::sheet::sheet_page::SheetView;
use crate::postings::sheet::{job_ld, job_posting};
use crate::postings::wage::{Wage, Yen};
use leptos::prelude::*;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

pub(in super::super) const TODAY: &str = "2026-11-24";

pub(in super::super) fn day(text: &str) -> Date {
    text.parse().expect("the test names a day of the calendar")
}

const fn yen(from: u32, to: u32) -> Option<Yen> {
    Some(Yen { from, to })
}

pub(in super::super) fn listing(scope: PublishingScope) -> Listing {
    Listing {
        scope,
        row: ResultRow {
            number: "13010-12345678".parse().expect("a posting number"),
            title: "みかんの箱づめ".to_owned(),
            name: Some("株式会社みかん山サンプル".to_owned()),
            kind: Kind::General,
            work_time: Some(WorkTime::Full),
            form: Some(EmploymentForm::Regular),
            place: Some("東京都千代田区".to_owned()),
            station: Some("架空駅".to_owned()),
            wage: Wage {
                form: Some(WageForm::Monthly),
                base: yen(200_000, 250_000),
                fixed_allowances: yen(10_000, 10_000),
                fixed_overtime: yen(30_000, 30_000),
                fixed_overtime_hours: Some(20),
                total: yen(210_000, 260_000),
                hourly_equivalent: yen(1_250, 1_547),
            },
            hours: vec!["9時00分～18時00分".to_owned()],
            days_off: Some("土日祝".to_owned()),
            days_off_year: Some(125),
            description: "みかんを箱につめる仕事です。".to_owned(),
            flags: [Flag::SelfApplication, Flag::Elevator].into_iter().collect(),
            received_on: day("2026-11-01"),
            deadline: day("2026-11-30"),
            closed: false,
        },
    }
}

pub(in super::super) fn record() -> Record {
    Record::from_iter([
        ("jgshno", "1301-123456-1"),
        ("jgshmei", "株式会社みかん山サンプル"),
        ("jgshyubinno", "100-0000"),
        ("jgshjusho_n", "東京都千代田区"),
        ("jgshszci", "東京都千代田区架空町１－２－３"),
        ("jgshhp", "ｈｔｔｐｓ：／／ｍｉｋａｎ．ｅｘａｍｐｌｅ／"),
        ("shigoto_ny", "みかんを箱につめる仕事です。"),
        ("koyokeitai_n", "正社員"),
        ("shgbsyubinno", "100-0000"),
        ("shgbsjusho1_n", "東京都千代田区"),
        ("shgbsjusho", "東京都千代田区架空町１－２－３"),
        ("grki", "不問"),
        ("hynakiknt", "未選択"),
        ("menkyo_skku1_n", "普通自動車運転免許"),
        ("menkyo_skkuyohi1_n", "必須"),
        ("nenreisegnari_jgn", "59"),
        ("khky", "200,000円～250,000円"),
        ("tgktat1_mei", "みかん手当"),
        ("tgktat1", "10,000円"),
        ("ktizangydi", "30,000円"),
        ("ktizangydaitkjk", "２０時間を超える時間外労働は追加で支給"),
        ("nenkankjsu_n", "125"),
        ("kyukeijn_n", "60分"),
        ("saiyoninzu_n", "２"),
        ("bf_elevator", "あり"),
        ("bf_toilet", "なし"),
        ("snktts_tel", "03-0000-0000"),
    ])
}

fn sheet_for(scope: PublishingScope, viewer: Viewer) -> Sheet {
    build(listing(scope), &record(), false, viewer, day(TODAY)).expect("the posting is published")
}

fn open_sheet() -> Sheet {
    sheet_for(PublishingScope::Everyone, Viewer::Anyone)
}

fn lines<'a>(sheet: &'a Sheet, anchor: &str, label: &str) -> Vec<&'a str> {
    let section = sheet.sections.iter().find(|section| section.anchor == anchor);
    let item = section.and_then(|section| section.items.iter().find(|item| item.label == label));
    item.map(|item| item.lines.iter().map(String::as_str).collect()).unwrap_or_default()
}

/// The sheet as the server writes it into a page.
fn html(sheet: Sheet) -> String {
    Owner::new().with(|| {
        leptos_meta::provide_meta_context();
        view! { <SheetView sheet/> }.to_html()
    })
}

/// Sections and items of the official posting sheet in its order (hellowork.mhlw.go.jp, a posting's detail page). Our labels may say
/// more, never less: each has the characters of the official one in their order.
const OFFICIAL: &[(&str, &str)] = &[
    ("basic", "求人番号|受付年月日|紹介期限日|受理安定所|求人区分|オンライン自主応募の受付|産業分類|トライアル雇用併用の希望"),
    ("employer", "事業所番号|事業所名カナ|事業所名|所在地郵便番号|所在地|ホームページ"),
    ("work", "職種|仕事内容|雇用形態|派遣・請負等|雇用期間"),
    ("place", "就業場所表示|郵便番号|住所|受動喫煙対策"),
    (
        "conditions",
        "マイカー通勤|駐車場|転勤の可能性|年齢制限|年齢制限範囲|年齢制限該当事由|年齢制限理由|学歴|必要な経験等|必要なPCスキル|必要な免許・資格",
    ),
    ("trial", "有無|期間|試用期間中の労働条件|条件詳細"),
    (
        "wage",
        "総支給額(a+b)|基本給(a)|定額手当(b)|固定残業代(c)|その他手当(d)|月平均労働日数|賃金形態|通勤手当|支給形態|通勤手当金額|賃金締切日|\
         賃金支払日|昇給制度|昇給実績|昇給額/率|賞与制度|賞与実績",
    ),
    (
        "hours",
        "就業時間形式|変形労働時間単位|就業時間1|就業時間2|又は就業時間|特記事項|時間外有無|月平均時間外|36協定特別条項|特別な事情|休憩時間|\
         年間休日数|休日|週休二日制|その他休日|6か月経過後年次有給休暇日数",
    ),
    ("benefits", "加入保険等|退職金共済|退職金制度|定年制|再雇用制度|勤務延長|入居可能住宅|利用可能託児施設"),
    (
        "company",
        "従業員数(企業全体)|従業員数(就業場所)|うち女性|うちパート|設立年|資本金|労働組合|事業内容|会社の特長|役職|代表者名|法人番号|\
         就業規則(フル)|就業規則(パート)|育児休業実績|介護休業実績|看護休暇実績|外国人雇用実績",
    ),
    (
        "selection",
        "採用人数|募集理由|選考方法|結果通知タイミング|結果通知期間|通知方法|選考日時|選考場所郵便番号|選考場所住所|応募書類|送付方法|返戻|\
         担当部署/役職|担当者カナ|担当者|電話|FAX",
    ),
    ("remarks", "求人特記事項|職務給制度|復職制度"),
];

fn letters(label: &str) -> Vec<char> {
    label.nfkc().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}

/// Whether our label has the characters of the official one, in order.
fn says(ours: &str, official: &str) -> bool {
    let mut ours = letters(ours).into_iter();
    letters(official).into_iter().all(|wanted| ours.any(|letter| letter == wanted))
}

#[test]
fn every_official_item_has_its_place_in_the_official_order() {
    assert_eq!(SECTIONS.len(), OFFICIAL.len() + 1, "the barrier-free section comes after the official ones");
    for ((anchor, labels), section) in OFFICIAL.iter().zip(SECTIONS) {
        assert_eq!(section.anchor, *anchor);
        let mut ours = section.items.iter();
        for official in labels.split('|') {
            assert!(ours.any(|rule| says(rule.label, official)), "{anchor}: {official} is missing or out of order");
        }
    }
}

#[test]
fn no_two_items_of_a_section_have_the_same_label() {
    for section in SECTIONS {
        let labels: BTreeSet<_> = section.items.iter().map(|rule| rule.label).collect();
        assert_eq!(labels.len(), section.items.len(), "{}", section.anchor);
    }
}

#[test]
fn wage_a_b_and_c_stand_apart_with_what_an_hour_comes_to_and_what_fixed_overtime_covers() {
    let sheet = open_sheet();
    assert_eq!(lines(&sheet, "wage", "総支給額（ａ＋ｂ）"), ["210,000円～260,000円"]);
    assert_eq!(lines(&sheet, "wage", "１時間あたりの目安（ａ＋ｂ）")[0], "約1,250円～1,547円");
    assert_eq!(lines(&sheet, "wage", "基本給（ａ）"), ["200,000円～250,000円"]);
    assert_eq!(lines(&sheet, "wage", "定額的に支払われる手当（ｂ）"), ["みかん手当：10,000円"]);
    assert_eq!(
        lines(&sheet, "wage", "固定残業代（ｃ）"),
        ["30,000円", "月20時間分の時間外労働に対する手当です。", "２０時間を超える時間外労働は追加で支給"]
    );
}

#[test]
fn several_allowances_are_listed_and_added_up() {
    let mut record = record();
    record.push("tgktat2_mei", "箱手当");
    record.push("tgktat2_kagen", "1,000");
    record.push("tgktat2_jgn", "2,000");
    let mut listing = listing(PublishingScope::Everyone);
    listing.row.wage.fixed_allowances = yen(11_000, 12_000);
    let sheet = build(listing, &record, false, Viewer::Anyone, day(TODAY)).expect("the posting is published");
    let expected = ["みかん手当：10,000円", "箱手当：1,000円～2,000円", "合計 11,000円～12,000円"];
    assert_eq!(lines(&sheet, "wage", "定額的に支払われる手当（ｂ）"), expected);
}

#[test]
fn what_is_empty_or_not_chosen_is_left_out_and_so_is_a_section_without_items() {
    let sheet = open_sheet();
    assert_eq!(lines(&sheet, "conditions", "必要な経験・知識・技能等"), [""; 0]);
    assert!(!serde_json::to_string(&sheet).expect("a sheet is JSON").contains("未選択"));
    assert!(sheet.sections.iter().all(|section| section.anchor != "trial" && !section.items.is_empty()));
    assert!(sheet.sections.iter().flat_map(|section| &section.items).all(|item| !item.lines.is_empty()));
}

#[test]
fn bare_numbers_get_their_unit_and_stated_units_stay() {
    let sheet = open_sheet();
    assert_eq!(lines(&sheet, "hours", "年間休日数"), ["125日"]);
    assert_eq!(lines(&sheet, "hours", "休憩時間"), ["60分"]);
    assert_eq!(lines(&sheet, "selection", "採用人数"), ["２人"]);
    assert_eq!(lines(&sheet, "conditions", "年齢制限の範囲"), ["59歳以下"]);
    assert_eq!(lines(&sheet, "conditions", "必要な免許・資格"), ["普通自動車運転免許（必須）"]);
}

#[test]
fn a_barrier_free_fact_that_is_not_stated_is_said_to_be_not_stated() {
    let sheet = open_sheet();
    assert_eq!(lines(&sheet, "barrier-free", "エレベーター"), ["あり"]);
    assert_eq!(lines(&sheet, "barrier-free", "バリアフリー対応のトイレ"), ["なし"]);
    assert_eq!(lines(&sheet, "barrier-free", "休憩室"), ["記載なし"]);
    let section = sheet.sections.iter().find(|section| section.anchor == "barrier-free").expect("the section is always there");
    assert_eq!(section.items.len(), Flag::BARRIER_FREE.len());
}

#[test]
fn the_summary_says_where_when_and_in_what_form() {
    let sheet = open_sheet();
    let labels: Vec<_> = sheet.summary.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["働く場所", "雇用形態", "就業時間", "休日", "バリアフリー・職場での支援"]);
    assert_eq!(sheet.summary[3].lines, ["土日祝", "年間休日 125日"]);
    assert_eq!(sheet.tags, ["オンライン自主応募ができる", "エレベーター"]);
}

#[test]
fn a_posting_is_closed_by_the_feed_and_by_its_deadline() {
    let closed = |gone, today| {
        build(listing(PublishingScope::Everyone), &record(), gone, Viewer::Anyone, day(today)).map(|sheet| (sheet.closed, html(sheet)))
    };
    let (is_closed, page) = closed(false, "2026-11-30").expect("the posting is published");
    assert!(!is_closed && page.contains("今日まで") && !page.contains("募集を終了しました"));
    for (gone, today) in [(true, TODAY), (false, "2026-12-01")] {
        let (is_closed, page) = closed(gone, today).expect("the posting is published");
        assert!(is_closed && page.contains("この求人は募集を終了しました") && !page.contains("あと"), "{gone} {today}");
    }
}

#[test]
fn the_page_has_a_heading_for_each_section_and_a_link_to_it() {
    let sheet = open_sheet();
    let page = html(sheet.clone());
    for section in &sheet.sections {
        let (link, heading) = (format!("href=\"#{}\"", section.anchor), format!("<h2 id=\"{}\"", section.anchor));
        assert!(page.contains(&link) && page.contains(&heading), "{}", section.anchor);
    }
    assert!(page.contains("月給 210,000円～260,000円") && page.contains("あと6日"));
    assert!(page.contains("href=\"https://mikan.example/\""), "the homepage can be followed");
}

#[test]
fn markup_in_a_record_is_shown_as_text() {
    let record = Record::from_iter([("shigoto_ny", "<script>alert(1)</script>")]);
    let sheet = build(listing(PublishingScope::Everyone), &record, false, Viewer::Anyone, day(TODAY)).expect("published");
    let data = job_ld::script_text(&job_posting(&sheet).expect("an open posting has structured data"));
    assert!(!data.contains('<'));
    assert!(!html(sheet).contains("<script>alert"));
}

#[test]
fn an_unpublished_posting_has_no_sheet_for_anyone() {
    for viewer in [Viewer::Anyone, Viewer::RegisteredSeeker] {
        assert_eq!(build(listing(PublishingScope::Unpublished), &record(), false, viewer, day(TODAY)), None);
    }
}

/// Items that a viewer who may not see the name must not see (DOMAIN.md "Employer side" [O]).
const HIDDEN: &[&str] = &[
    "jgshno",
    "jgshmei",
    "jgshmeikana",
    "jgshyubinno",
    "jgshhp",
    "hakenukeoitordsha",
    "shgbs",
    "shgbsyubinno",
    "shgbstkjk",
    "yshk",
    "dhsyamei",
    "honinno",
    "selectbsyubinno",
    "selectbsjusho",
    "selectbsmyoreki",
    "selectbsmyorekikotsushudan",
    "selectbsshyojn",
    "yusonosofubsyubinno",
    "yusonosofubsjusho",
    "ttsykm",
    "ttsttskana",
    "ttstts",
    "snktts_tel",
    "snktts_fax",
    "snktts_mail",
];

/// Items whose beginning (prefecture and municipality) may be seen, and the rest not.
const ADDRESSES: &[&str] = &["jgshjusho_n", "jgshszci", "shgbsjusho1_n", "shgbsjusho"];

/// Every item that the table or a composed item reads.
fn all_tags() -> BTreeSet<String> {
    let mut tags: BTreeSet<String> = HIDDEN.iter().chain(ADDRESSES).map(|tag| (*tag).to_owned()).collect();
    for rule in SECTIONS.iter().flat_map(|section| section.items) {
        if let Source::First(read) | Source::All(read) | Source::Counted(_, read) = rule.source {
            tags.extend(read.iter().map(|tag| (*tag).to_owned()));
        }
    }
    let composed = [
        "sksu",
        "koyokeitai_n",
        "onlinejishuobo_uktkkahi_n",
        "hynamenkyo_snta",
        "menkyo_skku1_n",
        "shgjn",
        "kyjs",
        "knyhkn",
        "tnsei_n",
        "saikoyo",
        "knmencho",
        "snkhoho",
        "oboshri_snta",
        "ktizangydaitkjk",
        "tgktat1_mei",
        "bf_other",
        "kaishatokucho",
        "jgshtkjk",
        "shgbs_chizu",
        "nobody_knows_this_item",
    ];
    tags.extend(composed.map(str::to_owned));
    tags
}

fn marker(tag: &str) -> String {
    format!("秘{}印", tag.replace('_', "下"))
}

/// A record whose every item holds a text that stands nowhere else.
fn marked() -> Record {
    let items = all_tags().into_iter().map(|tag| {
        let beginning = if ADDRESSES.contains(&tag.as_str()) { "東京都千代田区" } else { "" };
        let text = format!("{beginning}{}", marker(&tag));
        (tag, text)
    });
    Record::from_iter(items)
}

fn everything_shown(scope: PublishingScope, viewer: Viewer) -> String {
    let mut listing = listing(scope);
    listing.row.name = Some(marker("jgshmei"));
    listing.row.flags = Flags::from_iter(Flag::ALL.iter().copied());
    let sheet = build(listing, &marked(), false, viewer, day(TODAY)).expect("the posting is published");
    let json = serde_json::to_string(&sheet).expect("a sheet is JSON");
    let data = job_posting(&sheet).expect("an open posting has structured data").to_string();
    json + &data + &html(sheet)
}

#[test]
fn a_viewer_who_may_not_see_the_name_finds_no_trace_of_it_in_page_json_and_structured_data() {
    let hiding = [
        (PublishingScope::WithoutName, Viewer::Anyone),
        (PublishingScope::WithoutName, Viewer::RegisteredSeeker),
        (PublishingScope::RegisteredSeekers, Viewer::Anyone),
    ];
    for (scope, viewer) in hiding {
        let shown = everything_shown(scope, viewer);
        for tag in HIDDEN.iter().chain(ADDRESSES) {
            assert!(!shown.contains(&marker(tag)), "{tag} is shown to {viewer:?} at {scope:?}");
        }
        assert!(shown.contains(&marker("shigoto_ny")), "the work itself is shown");
        assert!(!shown.contains(&marker("nobody_knows_this_item")), "what has no place on the sheet is not shown");
    }
}

#[test]
fn a_viewer_who_may_see_the_name_finds_every_item() {
    for (scope, viewer) in [(PublishingScope::Everyone, Viewer::Anyone), (PublishingScope::RegisteredSeekers, Viewer::RegisteredSeeker)] {
        let shown = everything_shown(scope, viewer);
        // A homepage is written in half width; one address contains the other.
        for tag in HIDDEN.iter().filter(|tag| **tag != "jgshhp").chain(&["jgshszci", "shgbsjusho", "grki", "kjjknktkjk"]) {
            assert!(shown.contains(&marker(tag)), "{tag} is not shown to {viewer:?} at {scope:?}");
        }
    }
}

#[test]
fn a_name_that_the_employer_wrote_into_a_free_text_is_covered() {
    let mut record = record();
    record.push("kjjknktkjk", "㈱みかん山サンプル　千代田区架空町１－２－３　電話０３－００００－００００");
    let mut listing = listing(PublishingScope::WithoutName);
    listing.row.title = "みかん山サンプルの箱づめ".to_owned();
    let sheet = build(listing, &record, false, Viewer::Anyone, day(TODAY)).expect("the posting is published");
    assert_eq!(sheet.title, "［非公開］の箱づめ");
    let all = serde_json::to_string(&sheet).expect("a sheet is JSON") + &html(sheet);
    for secret in ["みかん山サンプル", "架空町", "００００"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn without_name_the_page_says_so_and_why() {
    let hidden = sheet_for(PublishingScope::WithoutName, Viewer::Anyone);
    assert_eq!(hidden.name, None);
    assert_eq!(lines(&hidden, "employer", "事業所名"), ["事業所名を公開していない求人です"]);
    assert_eq!(lines(&hidden, "employer", "所在地"), ["東京都千代田区"]);
    let registered = sheet_for(PublishingScope::RegisteredSeekers, Viewer::Anyone);
    assert_eq!(lines(&registered, "employer", "事業所名"), ["事業所名は、求職登録をした方だけに公開されています"]);
    let seeker = sheet_for(PublishingScope::RegisteredSeekers, Viewer::RegisteredSeeker);
    assert_eq!(lines(&seeker, "employer", "事業所名"), ["株式会社みかん山サンプル"]);
}

#[test]
fn a_sheet_reads_back_from_its_json_as_it_was() {
    let sheet = open_sheet();
    let json = serde_json::to_string(&sheet).expect("a sheet is JSON");
    assert_eq!(serde_json::from_str::<Sheet>(&json).expect("the JSON of a sheet"), sheet);
}
