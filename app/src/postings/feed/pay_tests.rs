use super::*;

const DAY: &[(u16, u16)] = &[(510, 1050)];

fn read(items: &Items<'_>) -> Wage {
    let mut faults = Faults::of("");
    let wage = wage(items, DAY, Some(125), &mut faults);
    assert_eq!(faults.into_found(), []);
    wage
}

fn faults(items: &Items<'_>) -> Vec<(&'static str, FaultReason)> {
    let mut faults = Faults::of("");
    wage(items, DAY, Some(125), &mut faults);
    faults.into_found().into_iter().map(|fault| (fault.item, fault.reason)).collect()
}

const fn yen(from: u32, to: u32) -> Option<Yen> {
    Some(Yen { from, to })
}

#[test]
fn base_pay_allowances_and_fixed_overtime_stand_apart_and_the_total_is_base_and_allowances() {
    let wage = read(&Items {
        chgnkeitai_n: "月給",
        khkykagen: "２００，０００",
        khkyjgn: "250,000円",
        tgktat1: "資格手当　5,000円～10,000円",
        tgktat2: "皆勤手当　３，０００円",
        tgktat3: "なし",
        ktizangydi: "30,000円～40,000円（月２０時間分。超過分は追加で支給）",
        ..Items::default()
    });
    assert_eq!(wage.form, Some(WageForm::Monthly));
    assert_eq!(wage.base, yen(200_000, 250_000));
    assert_eq!(wage.fixed_allowances, yen(8_000, 13_000));
    assert_eq!(wage.fixed_overtime, yen(30_000, 40_000));
    assert_eq!(wage.fixed_overtime_hours, Some(20));
    assert_eq!(wage.total, yen(208_000, 263_000));
}

#[test]
fn a_stated_total_counts_before_the_sum_of_the_parts() {
    let items = Items { chgnkeitai_n: "月給", khky: "200,000円", tgktat1: "手当　10,000円", ..Items::default() };
    assert_eq!(read(&items).total, yen(210_000, 210_000));
    assert_eq!(read(&Items { chgnkeitai_kagen: "215000", chgnkeitai_jgn: "230000", ..items }).total, yen(215_000, 230_000));
    let items = Items { chgnkeitai_n: "月給", khky: "200,000円", ..Items::default() };
    assert_eq!(read(&Items { sikg_aplusbkagen: "215,000", ..items }).total, yen(215_000, 215_000));
}

#[test]
fn one_end_alone_is_a_single_amount_and_zero_is_an_empty_field() {
    let items = Items { chgnkeitai_n: "時給", khkykagen: "1200", khkyjgn: "0", ..Items::default() };
    assert_eq!(read(&items).base, yen(1_200, 1_200));
    let items = Items { chgnkeitai_n: "時給", khky: "1,200円～1,360円", ..Items::default() };
    assert_eq!(read(&items).base, yen(1_200, 1_360));
    assert_eq!(read(&items).hourly_equivalent, yen(1_200, 1_360));
    assert_eq!(read(&Items::default()), Wage::default());
}

#[test]
fn the_form_is_read_by_its_name_and_tells_the_unit_of_base_pay() {
    let table = [
        ("月給", "200000", Some(WageForm::Monthly)),
        ("日給", "9000", Some(WageForm::Daily)),
        ("日給", "190000", Some(WageForm::Monthly)),
        ("時給", "1200", Some(WageForm::Hourly)),
        ("年俸", "4800000", Some(WageForm::Annual)),
        ("年俸制", "400000", Some(WageForm::Monthly)),
        ("その他", "200000", Some(WageForm::Other)),
        ("", "200000", None),
    ];
    for (name, base, form) in table {
        assert_eq!(read(&Items { chgnkeitai_n: name, khkykagen: base, ..Items::default() }).form, form, "{name} {base}");
    }
}

#[test]
fn a_total_in_another_unit_than_base_pay_is_left_out() {
    let items = Items { chgnkeitai_n: "日給", khkykagen: "189000", chgnkeitai_kagen: "9000", ..Items::default() };
    assert_eq!(read(&items).total, yen(189_000, 189_000));
}

#[test]
fn the_hourly_equivalent_divides_by_days_and_hours() {
    // 8:30 to 17:30 less an hour, 240 days a year.
    let table = [
        ("月給", "200000", "", Some(1_250)),
        ("月給", "200000", "20.0日", Some(1_250)),
        ("日給", "10000", "", Some(1_250)),
        ("年俸", "2400000", "", Some(1_250)),
        ("時給", "1250", "", Some(1_250)),
        ("その他", "1250", "", None),
    ];
    for (form, base, days, expected) in table {
        let items = Items { chgnkeitai_n: form, khkykagen: base, kyukeijn_n: "60分", thkinrodonissu_n: days, ..Items::default() };
        assert_eq!(read(&items).hourly_equivalent.map(|yen| yen.from), expected, "{form}");
    }
}

#[test]
fn without_hours_or_days_there_is_no_hourly_equivalent() {
    let items = Items { chgnkeitai_n: "月給", khkykagen: "200000", ..Items::default() };
    let hourly = |hours, days_off| wage(&items, hours, days_off, &mut Faults::of("")).hourly_equivalent;
    assert_eq!(hourly(&[], Some(125)), None);
    assert_eq!(hourly(DAY, None), None);
    assert_eq!(hourly(DAY, Some(125)), yen(1_250, 1_250));
    // A night shift of 16 hours counts for two days; the day shift beside it is the measure.
    assert_eq!(hourly(&[(990, 1950)], Some(125)), None);
    assert_eq!(hourly(&[(990, 1950), (510, 1050)], Some(125)), yen(1_250, 1_250));
}

#[test]
fn the_legal_break_counts_where_none_is_stated() {
    let minutes = |start, end, rest| minutes_a_day(&[(start, end)], rest);
    assert_eq!(minutes(540, 1080, ""), Some(480));
    assert_eq!(minutes(540, 1020, ""), Some(435));
    assert_eq!(minutes(540, 840, ""), Some(300));
    assert_eq!(minutes(540, 1080, "４５"), Some(495));
    assert_eq!(minutes(540, 590, ""), None);
    assert_eq!(minutes(540, 1080, "600分"), None);
}

#[test]
fn impossible_wages_are_faults() {
    let month = |from, to| Items { chgnkeitai_n: "月給", khkykagen: from, khkyjgn: to, ..Items::default() };
    assert!(matches!(faults(&month("-200000", ""))[..], [("khkykagen", FaultReason::Negative(_))]));
    assert!(matches!(faults(&month("△200,000", ""))[..], [("khkykagen", FaultReason::Negative(_))]));
    assert!(matches!(faults(&month("250000", "200000"))[..], [("khkykagen", FaultReason::Reversed(_))]));
    assert!(matches!(faults(&month("2000", ""))[..], [("khkykagen", FaultReason::OutOfBounds { least: 10_000, .. })]));
    assert!(matches!(faults(&month("200000", "20000000"))[..], [("khkykagen", FaultReason::OutOfBounds { most: 9_999_999, .. })]));
    assert!(matches!(faults(&month("99999999999999999999999", ""))[..], [("khkykagen", FaultReason::OutOfBounds { .. })]));
    let hour = Items { chgnkeitai_n: "時給", khky: "120,000円", ..Items::default() };
    assert!(matches!(faults(&hour)[..], [("khky", FaultReason::OutOfBounds { .. })]));
    let total =
        Items { chgnkeitai_n: "月給", khkykagen: "200000", chgnkeitai_kagen: "300000", chgnkeitai_jgn: "250000", ..Items::default() };
    assert!(matches!(faults(&total)[..], [("chgnkeitai_kagen", FaultReason::Reversed(_))]));
    let extra = Items { chgnkeitai_n: "月給", khkykagen: "200000", ktizangydi: "－30,000円", ..Items::default() };
    assert!(matches!(faults(&extra)[..], [("ktizangydi", FaultReason::Negative(_))]));
}
