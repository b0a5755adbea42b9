//! 希望する場所と賃金.

use super::{
    Section,
    answers::{Can, Wants},
    basic::{municipality_code, prefecture_code},
    check::Check,
    plain_text,
    text_form::choices,
};
use crate::{
    date::Date,
    form::{Checked, Code},
};
use serde::{Deserialize, Serialize};

/// 地域別最低賃金 of 令和7年度 in yen an hour, by JIS code of the prefecture (Ministry of Health, Labour and Welfare, announced on 5 September 2025).
/// Minimum wages only rise: with a table of the year before, the warning never calls a lawful wage too low.
pub const MINIMUM_WAGES: [u32; 47] = [
    1075, 1029, 1031, 1038, 1031, 1032, 1033, 1074, 1068, 1063, 1141, 1140, 1226, 1225, 1050, 1062, 1054, 1053, 1052, 1061, 1065, 1097,
    1140, 1087, 1080, 1122, 1177, 1116, 1051, 1045, 1030, 1033, 1047, 1085, 1043, 1046, 1036, 1033, 1023, 1057, 1030, 1031, 1034, 1035,
    1023, 1026, 1023,
];
/// Hours that a day's and a month's wage are taken to cover when compared with the minimum wage: 8 a day, and 160 a month, which is no more
/// than the shortest usual full time [own].
pub const HOURS_OF_A_DAY: u32 = 8;
/// See [`HOURS_OF_A_DAY`].
pub const HOURS_OF_A_MONTH: u32 = 160;
/// The highest amount that the field takes, in yen [own].
pub const HIGHEST_WAGE: u32 = 99_999_999;
/// The most municipalities of one prefecture [own].
pub const MOST_MUNICIPALITIES: usize = 50;

choices! {
    /// 通勤の手段.
    CommuteMeans {
        /// 徒歩
        Walk = "walk" registration_choice_commute_means_walk,
        /// 自転車
        Bicycle = "bicycle" registration_choice_commute_means_bicycle,
        /// バス
        Bus = "bus" registration_choice_commute_means_bus,
        /// 電車
        Train = "train" registration_choice_commute_means_train,
        /// 自動車
        Car = "car" registration_choice_commute_means_car,
        /// バイク
        Motorcycle = "motorcycle" registration_choice_commute_means_motorcycle,
    }
}

choices! {
    /// 転居を伴う就職.
    Relocation {
        /// 可
        Yes = "yes" registration_choice_relocation_yes,
        /// 条件により可
        Depends = "depends" registration_choice_relocation_depends,
        /// 不可
        No = "no" registration_choice_relocation_no,
    }
}

choices! {
    /// 在宅勤務.
    Remote {
        /// 希望する
        Yes = "yes" registration_choice_remote_yes,
        /// 一部希望する
        Partly = "partly" registration_choice_remote_partly,
        /// 希望しない
        No = "no" registration_choice_remote_no,
    }
}

choices! {
    /// 希望賃金の単位.
    WageUnit {
        /// 月給
        Monthly = "monthly" registration_choice_wage_unit_monthly,
        /// 日給
        Daily = "daily" registration_choice_wage_unit_daily,
        /// 時給
        Hourly = "hourly" registration_choice_wage_unit_hourly,
        /// 年俸
        Annual = "annual" registration_choice_wage_unit_annual,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    /// JIS codes: two digits for a prefecture, five for a municipality, which narrows its prefecture and need not follow it.
    pub places: Vec<String>,
    pub commute_minutes: String,
    pub commute_means: Vec<String>,
    pub relocation: String,
    pub transfer: String,
    pub remote: String,
    pub wage_unit: String,
    pub wage_min: String,
    pub housing: String,
    pub childcare: String,
}

/// A prefecture where the person wants to work, or some of its municipalities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// JIS code, 1–47.
    pub prefecture: u8,
    /// JIS codes; none means anywhere in the prefecture.
    pub municipalities: Vec<u32>,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    /// One to ten, each prefecture once, in the order of wish.
    pub places: Vec<Place>,
    pub commute_minutes: Option<u16>,
    pub commute_means: Vec<CommuteMeans>,
    pub relocation: Option<Relocation>,
    pub transfer: Option<Can>,
    pub remote: Option<Remote>,
    pub wage_unit: WageUnit,
    /// Yen per unit, at least 1.
    pub wage_min: u32,
    pub housing: Option<Wants>,
    pub childcare: Option<Wants>,
}

/// Checks the section; the day does not matter to it.
#[must_use]
pub fn validate(input: &Input, _today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::WishesPlace);
    let places = places(&mut check, &input.places);
    let commute_minutes = check.number("commute_minutes", &input.commute_minutes);
    let commute_means = check.choices("commute_means", &input.commute_means);
    let relocation = check.parsed("relocation", &input.relocation);
    let transfer = check.parsed("transfer", &input.transfer);
    let remote = check.parsed("remote", &input.remote);
    let wage_unit = check.parsed("wage_unit", &input.wage_unit);
    let wage_min = check.value("wage_min", &input.wage_min, yen);
    if let Some(warning) = wage_unit.zip(wage_min).and_then(|(unit, yen)| wage_warning(unit, yen, minimum_wage(&places))) {
        check.add("wage_min", warning);
    }
    let housing = check.parsed("housing", &input.housing);
    let childcare = check.parsed("childcare", &input.childcare);
    let valid = wage_unit.zip(wage_min).map(|(wage_unit, wage_min)| Valid {
        places,
        commute_minutes,
        commute_means,
        relocation,
        transfer,
        remote,
        wage_unit,
        wage_min,
        housing,
        childcare,
    });
    check.finish(valid)
}

/// The places by prefecture, in the order in which the prefectures come up first.
fn places(check: &mut Check, codes: &[String]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut wrong = false;
    for (position, raw) in codes.iter().enumerate().filter(|(_, raw)| !plain_text::is_blank(raw)) {
        match place_code(raw) {
            Ok((prefecture, municipality)) => add_place(&mut places, prefecture, municipality),
            Err(code) => {
                check.add(format!("places.{position}"), code);
                wrong = true;
            }
        }
    }
    if places.iter().any(|place| place.municipalities.len() > MOST_MUNICIPALITIES) {
        check.add("places", Code::TooMany);
    }
    if !(wrong && places.is_empty()) {
        check.counted("places", places.len());
    }
    places
}

/// The prefecture of a code, and the municipality if it is one's.
fn place_code(raw: &str) -> Result<(u8, Option<u32>), Code> {
    let text = plain_text::compact(raw);
    if text.len() == 2 {
        return Ok((prefecture_code(&text)?, None));
    }
    let code = municipality_code(&text, None)?;
    let prefecture = u8::try_from(code / 1000).map_err(|_| Code::UnknownMunicipality)?;
    Ok((prefecture, Some(code)))
}

fn add_place(places: &mut Vec<Place>, prefecture: u8, municipality: Option<u32>) {
    let at = places.iter().position(|place| place.prefecture == prefecture).unwrap_or_else(|| {
        places.push(Place { prefecture, municipalities: Vec::new() });
        places.len() - 1
    });
    let known = &mut places[at].municipalities;
    known.extend(municipality.filter(|code| !known.contains(code)));
}

/// An amount of yen as people type it: either width, commas, `円`, `20万`.
fn yen(raw: &str) -> Result<u32, Code> {
    let text: String = plain_text::compact(raw).chars().filter(|c| !matches!(c, ',' | '、' | '¥' | '￥')).collect();
    let text = text.strip_suffix('円').unwrap_or(&text);
    let (digits, times) = text.strip_suffix('万').map_or((text, 1), |digits| (digits, 10_000));
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Code::NotANumber);
    }
    let amount = digits.parse::<u32>().ok().and_then(|amount| amount.checked_mul(times));
    amount.filter(|amount| (1..=HIGHEST_WAGE).contains(amount)).ok_or(Code::OutOfRange)
}

/// The lowest minimum wage of the prefectures where somebody wants to work; of all while none is chosen.
fn minimum_wage(places: &[Place]) -> u32 {
    let of = |place: &Place| MINIMUM_WAGES.get(usize::from(place.prefecture).checked_sub(1)?).copied();
    let lowest = places.iter().filter_map(of).min();
    lowest.or_else(|| MINIMUM_WAGES.into_iter().min()).unwrap_or_default()
}

/// What is questionable about an amount: the lowest and highest that suit the unit are our own reading, wide enough to ask only about slips.
fn wage_warning(unit: WageUnit, yen: u32, minimum: u32) -> Option<Code> {
    let (suits, hours) = match unit {
        WageUnit::Hourly => (500..=10_000, 1),
        WageUnit::Daily => (3_000..=100_000, HOURS_OF_A_DAY),
        WageUnit::Monthly => (30_000..=2_000_000, HOURS_OF_A_MONTH),
        WageUnit::Annual => (400_000..=30_000_000, HOURS_OF_A_MONTH * 12),
    };
    if !suits.contains(&yen) {
        return Some(Code::WageUnit);
    }
    (yen < minimum * hours).then_some(Code::BelowMinimumWage)
}

/// What the server adds: municipalities that its table lacks, perhaps because they were merged away.
#[cfg(feature = "ssr")]
#[must_use]
pub fn unknown_municipalities(valid: &Valid) -> crate::form::FieldErrors {
    let mut errors = crate::form::FieldErrors::default();
    let mut codes = valid.places.iter().flat_map(|place| &place.municipalities);
    if codes.any(|code| crate::places::municipality(*code).is_none()) {
        errors.add("places", Code::UnknownMunicipality);
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_in_every_way_people_write_it() {
        for text in ["200000", "200,000円", "２００，０００", "20万", "20万円", "￥200,000"] {
            assert_eq!(yen(text), Ok(200_000), "{text}");
        }
        for (text, code) in [
            ("二十万", Code::NotANumber),
            ("-1", Code::NotANumber),
            ("0", Code::OutOfRange),
            ("1000000000", Code::OutOfRange),
            ("99999万", Code::OutOfRange),
            ("20.5", Code::NotANumber),
            ("円", Code::NotANumber),
        ] {
            assert_eq!(yen(text), Err(code), "{text}");
        }
    }

    #[test]
    fn a_wage_below_the_minimum_and_one_of_another_unit_are_asked_about() {
        assert_eq!(wage_warning(WageUnit::Hourly, 1023, 1023), None);
        assert_eq!(wage_warning(WageUnit::Hourly, 1023 - 1, 1023), Some(Code::BelowMinimumWage));
        assert_eq!(wage_warning(WageUnit::Hourly, 200_000, 1023), Some(Code::WageUnit));
        assert_eq!(wage_warning(WageUnit::Monthly, 1_200, 1023), Some(Code::WageUnit));
        assert_eq!(wage_warning(WageUnit::Monthly, 120_000, 1023), Some(Code::BelowMinimumWage));
        assert_eq!(wage_warning(WageUnit::Monthly, 200_000, 1023), None);
        assert_eq!(wage_warning(WageUnit::Daily, 9_000, 1023), None);
        assert_eq!(wage_warning(WageUnit::Annual, 3_000_000, 1023), None);
        assert_eq!(wage_warning(WageUnit::Annual, 250_000, 1023), Some(Code::WageUnit));
    }

    #[test]
    fn the_lowest_minimum_wage_of_the_wished_places_counts() {
        let place = |prefecture| Place { prefecture, municipalities: Vec::new() };
        assert_eq!(minimum_wage(&[place(13)]), 1226);
        assert_eq!(minimum_wage(&[place(13), place(1)]), 1075);
        assert_eq!(minimum_wage(&[place(47)]), 1023);
        assert_eq!(minimum_wage(&[]), 1023, "while no place is chosen");
    }

    #[test]
    fn municipalities_narrow_their_prefecture_wherever_they_stand() {
        let mut check = Check::new(Section::WishesPlace);
        let codes = ["13101", "14", "13", "13102", "13101", ""].map(str::to_owned);
        let found = places(&mut check, &codes);
        assert_eq!(found, [Place { prefecture: 13, municipalities: vec![13101, 13102] }, Place { prefecture: 14, municipalities: vec![] }]);
        assert!(check.finish(Some(())).errors.is_empty());
    }
}
