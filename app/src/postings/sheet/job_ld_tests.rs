use super::super::build;
use super::super::build::tests::{TODAY, day, listing, record};
use super::*;
use crate::postings::Viewer;
use crate::postings::facts::PublishingScope;
use crate::postings::posting::Listing;
use crate::postings::record::Record;

fn sheet(change: impl FnOnce(&mut Listing), record: &Record, scope: PublishingScope) -> Sheet {
    let mut listing = listing(scope);
    change(&mut listing);
    build(listing, record, false, Viewer::Anyone, day(TODAY)).expect("the posting is published")
}

fn data(sheet: &Sheet) -> Value {
    job_posting(sheet).expect("an open posting has structured data")
}

/// What the documentation asks of a property.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    Required,
    Recommended,
    /// Required of jobs done at home all the time, forbidden elsewhere.
    IfRemote,
}

/// The properties of `JobPosting` in Google's documentation, "Job posting (JobPosting) structured data" with its beta properties for
/// education and experience: <https://developers.google.com/search/docs/appearance/structured-data/job-posting>, and whether a value
/// is of the form asked for. `validThrough` is required of postings that expire, as ours do; `directApply` comes from schema.org.
type Property = (&'static str, Asked, fn(&Value) -> bool);

const PROPERTIES: &[Property] = &[
    ("@context", Asked::Required, |v| v == "https://schema.org"),
    ("@type", Asked::Required, |v| v == "JobPosting"),
    ("title", Asked::Required, is_text),
    ("description", Asked::Required, |v| v.as_str().is_some_and(|html| html.starts_with("<p>") && html.len() > 50)),
    ("datePosted", Asked::Required, |v| v.as_str().is_some_and(|date| date.parse::<crate::date::Date>().is_ok())),
    ("hiringOrganization", Asked::Required, |v| v == "confidential" || v["@type"] == "Organization" && is_text(&v["name"])),
    ("jobLocation", Asked::Required, |v| {
        v["@type"] == "Place" && v["address"]["addressCountry"] == "JP" && is_text(&v["address"]["addressRegion"])
    }),
    ("validThrough", Asked::Required, |v| v.as_str().is_some_and(|instant| instant.len() == 25 && instant.ends_with("T23:59:59+09:00"))),
    ("baseSalary", Asked::Recommended, is_salary),
    ("directApply", Asked::Recommended, Value::is_boolean),
    ("employmentType", Asked::Recommended, |v| is_type(v) || v.as_array().is_some_and(|types| types.iter().all(is_type))),
    ("identifier", Asked::Recommended, |v| v["@type"] == "PropertyValue" && is_text(&v["name"]) && is_text(&v["value"])),
    ("educationRequirements", Asked::Recommended, |v| v == "no requirements" || is_text(&v["credentialCategory"])),
    ("experienceRequirements", Asked::Recommended, |v| v == "no requirements" || v["monthsOfExperience"].is_u64()),
    ("jobLocationType", Asked::IfRemote, |v| v == "TELECOMMUTE"),
    ("applicantLocationRequirements", Asked::IfRemote, |v| v["@type"] == "Country" && v["name"] == "JP"),
];

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_type(value: &Value) -> bool {
    let types = ["FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"];
    value.as_str().is_some_and(|one| types.contains(&one))
}

fn is_salary(value: &Value) -> bool {
    let amount = &value["value"];
    let units = ["HOUR", "DAY", "WEEK", "MONTH", "YEAR"];
    let range = amount["value"].is_u64() || amount["minValue"].is_u64() && amount["maxValue"].is_u64();
    value["@type"] == "MonetaryAmount"
        && value["currency"] == "JPY"
        && range
        && amount["unitText"].as_str().is_some_and(|u| units.contains(&u))
}

fn full_record(remote: &str) -> Record {
    let mut record = record();
    record.push("ztkkimmu_n", remote);
    record.push("hynakikntshsi", "事務の経験１年以上");
    record
}

#[test]
fn every_required_and_recommended_property_is_there_in_the_form_asked_for() {
    for remote in ["完全在宅勤務", "あり（週２日まで）"] {
        let sheet = sheet(|listing| listing.row.flags.set(Flag::Remote, true), &full_record(remote), PublishingScope::Everyone);
        let data = data(&sheet);
        for (name, asked, is_right) in PROPERTIES {
            if *asked == Asked::IfRemote && !remote.starts_with("完全") {
                assert_eq!(data.get(name), None, "{name} is for jobs done at home all the time");
            } else {
                assert!(data.get(name).is_some_and(is_right), "{asked:?} {name}: {:?}", data.get(name));
            }
        }
        let known: Vec<_> = PROPERTIES.iter().map(|(name, ..)| *name).collect();
        assert!(data.as_object().is_some_and(|all| all.keys().all(|name| known.contains(&name.as_str()))));
    }
}

#[test]
fn required_properties_are_there_for_a_posting_that_says_next_to_nothing() {
    let sparse = |listing: &mut Listing| {
        listing.row.work_time = None;
        listing.row.wage = crate::postings::wage::Wage::default();
        listing.row.flags = crate::postings::facts::Flags::default();
    };
    let record = Record::from_iter([("shigoto_ny", "みかんを箱につめます。")]);
    let data = data(&sheet(sparse, &record, PublishingScope::WithoutName));
    for (name, ..) in PROPERTIES.iter().filter(|(_, asked, _)| *asked == Asked::Required) {
        assert!(data.get(name).is_some(), "{name}");
    }
    for name in ["baseSalary", "employmentType", "educationRequirements", "experienceRequirements"] {
        assert_eq!(data.get(name), None, "{name} is not made up");
    }
}

#[test]
fn direct_apply_says_whether_the_posting_accepts_self_application() {
    for accepts in [true, false] {
        let change = |listing: &mut Listing| {
            listing.row.flags = if accepts { [Flag::SelfApplication].into_iter().collect() } else { Default::default() };
        };
        assert_eq!(data(&sheet(change, &record(), PublishingScope::Everyone))["directApply"], accepts);
    }
}

#[test]
fn a_closed_posting_has_no_structured_data() {
    let sheet = build(listing(PublishingScope::Everyone), &record(), true, Viewer::Anyone, day(TODAY)).expect("published");
    assert_eq!(job_posting(&sheet), None);
}

#[test]
fn the_place_is_the_whole_address_and_without_name_the_municipality() {
    let of = |scope| data(&sheet(|_| {}, &record(), scope))["jobLocation"]["address"].clone();
    let open = of(PublishingScope::Everyone);
    assert_eq!((&open["addressRegion"], &open["addressLocality"]), (&json!("東京都"), &json!("千代田区")));
    assert_eq!((&open["streetAddress"], &open["postalCode"]), (&json!("架空町１－２－３"), &json!("100-0000")));
    let hidden = of(PublishingScope::WithoutName);
    assert_eq!(hidden["addressLocality"], "千代田区");
    assert_eq!((hidden.get("streetAddress"), hidden.get("postalCode")), (None, None));
}

#[test]
fn the_employer_is_confidential_where_the_name_is_not_told() {
    assert_eq!(data(&sheet(|_| {}, &record(), PublishingScope::WithoutName))["hiringOrganization"], "confidential");
    let open = data(&sheet(|_| {}, &record(), PublishingScope::Everyone));
    assert_eq!(open["hiringOrganization"]["name"], "株式会社みかん山サンプル");
    assert_eq!(open["hiringOrganization"]["sameAs"], "https://mikan.example/");
}

#[test]
fn the_salary_is_base_pay_in_the_unit_of_its_form() {
    let data = data(&sheet(|_| {}, &record(), PublishingScope::Everyone));
    let value = &data["baseSalary"]["value"];
    assert_eq!((&value["minValue"], &value["maxValue"], &value["unitText"]), (&json!(200_000), &json!(250_000), &json!("MONTH")));
}

#[test]
fn education_is_the_lowest_level_that_is_named() {
    let table = [
        ("必須　高校以上", Some("high school")),
        ("専修学校以上", Some("professional certificate")),
        ("短大・高専以上", Some("associate degree")),
        ("大学以上", Some("bachelor degree")),
        ("大学院以上", Some("postgraduate degree")),
        ("その他", None),
    ];
    for (stated, level) in table {
        let record = Record::from_iter([("grki", stated)]);
        let data = data(&sheet(|_| {}, &record, PublishingScope::Everyone));
        assert_eq!(data.get("educationRequirements").and_then(|v| v["credentialCategory"].as_str()), level, "{stated}");
    }
}

#[test]
fn experience_is_told_in_months_where_the_posting_says_how_long() {
    let table = [
        ("経験３年以上", Some(36)),
        ("実務６ヶ月", Some(6)),
        ("2020年以降の経験", None),
        ("Ｊａｖａ８の経験2年", Some(24)),
        ("経験者", None),
    ];
    for (stated, months) in table {
        assert_eq!(months_of(stated), months, "{stated}");
    }
}

#[test]
fn nothing_in_the_data_can_end_the_script() {
    let record = Record::from_iter([("shigoto_ny", "</script><!-- <script>")]);
    let text = script_text(&data(&sheet(|_| {}, &record, PublishingScope::Everyone)));
    assert!(!text.contains('<'));
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}
