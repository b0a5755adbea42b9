use super::*;

fn of(items: &Items<'_>) -> Vec<Flag> {
    flags(items, Kind::General, PublishingScope::Everyone, None).iter().collect()
}

type Set = for<'a> fn(&mut Items<'a>, &'a str);

#[test]
fn each_item_sets_its_flag_only_where_it_says_so() {
    let table: &[(Flag, Set, &[&str], &[&str])] = &[
        (Flag::Remote, |i, t| i.ztkkimmu_n = t, &["あり", "在宅勤務あり", "完全在宅"], &["なし", "在宅勤務なし"]),
        (Flag::Car, |i, t| i.mycartsknkahi_n = t, &["可", "可（駐車場あり）"], &["不可", "相談"]),
        (Flag::NoTransfer, |i, t| i.tenkin_knsi_n = t, &["なし", "転勤の可能性なし"], &["あり", "あり　県内"]),
        (Flag::Bonus, |i, t| i.shoyoumu_n = t, &["あり"], &["なし"]),
        (Flag::Bonus, |i, t| i.shoyo = t, &["年２回　計４．０月分"], &["なし"]),
        (Flag::Raise, |i, t| i.shkyrt = t, &["１月あたり3,000円"], &["なし"]),
        (Flag::NoOvertime, |i, t| i.jkgi_umu_n = t, &["なし"], &["あり"]),
        (Flag::Permanent, |i, t| i.koyokikan_sadame_n = t, &["雇用期間の定めなし", "なし"], &["雇用期間の定めあり（６ヶ月）"]),
        (Flag::Permanent, |i, t| i.koyokikan = t, &["雇用期間の定めなし"], &["雇用期間の定めあり　契約更新の可能性あり"]),
        (Flag::Renewal, |i, t| i.koyokikan = t, &["契約更新の可能性あり（原則更新）"], &["契約更新の可能性なし", "６ヶ月"]),
        (Flag::NoRetirementAge, |i, t| i.tnnenrei = t, &["なし", "定年制なし"], &["あり（一律６０歳）", "60歳"]),
        (Flag::Reemployment, |i, t| i.saikoyo = t, &["あり（上限６５歳まで）", "65歳まで"], &["なし"]),
        (Flag::NoRetirementAge, |i, t| i.tnsei_n = t, &["なし"], &["あり"]),
        (Flag::RetirementMutualAid, |i, t| i.tskkyosai_n = t, &["加入"], &["未加入", "なし"]),
        (Flag::Renewal, |i, t| i.koyokikankeiyakuksnnoknsi = t, &["あり（条件付きで更新あり）"], &["なし"]),
        (Flag::UTurn, |i, t| i.uijturnkange_n = t, &["ＵＩＪターン歓迎", "あり"], &["なし"]),
        (Flag::FlexibleHours, |i, t| i.shgjnkeitai_n = t, &["変形労働時間制（１年単位）"], &["固定"]),
        (Flag::Childcare, |i, t| i.tkjshsetu_n = t, &["あり"], &["なし"]),
        (Flag::Promotion, |i, t| i.ssintoyo_umu_n = t, &["あり"], &["なし"]),
        (Flag::Trial, |i, t| i.trialkoyoheiyo_kibo_n = t, &["希望する", "併用を希望"], &["希望しない", "なし"]),
        (Flag::Trial, |i, t| i.trialkoyoheiyo_kibo_c = t, &["1"], &["2", "0"]),
        (Flag::Reserved, |i, t| i.sgsyakbn_n = t, &["障害者専用", "障害者", "あり"], &["一般", "なし"]),
        (Flag::Reserved, |i, t| i.sgsyakbn_c = t, &["1"], &["0", "2"]),
        (Flag::SelfApplication, |i, t| i.onlinejishuobo_uktkkahi_n = t, &["可", "受け付ける"], &["不可", "受け付けない"]),
        (Flag::NoEducation, |i, t| i.grki = t, &["不問"], &["必須　高校以上", "必須（専攻不問）"]),
        (Flag::NoExperience, |i, t| i.hynakiknt = t, &["不問"], &["必須", "あれば尚可"]),
        (Flag::NoLicence, |i, t| i.hynamenkyo_snta = t, &["免許・資格不問"], &["必須　介護福祉士"]),
        (Flag::DrivingLicence, |i, t| i.menkyo_skku1_n = t, &["普通自動車運転免許"], &["大型二種免許", "普通自動車運転免許あれば尚可"]),
        (Flag::AnyAge, |i, t| i.nenreisegn_n = t, &["不問", "制限なし"], &["制限あり"]),
        (Flag::NonSmoking, |i, t| i.okni_jdktentisk_n = t, &["あり（屋内禁煙）"], &["あり（喫煙室設置）", "なし（喫煙可）"]),
        (Flag::TwoDaysEveryWeek, |i, t| i.sk2sei_n = t, &["毎週"], &["その他", "なし"]),
        (Flag::Shift, |i, t| i.shgjn = t, &["交替制（シフト制）"], &["固定"]),
        (Flag::FlexibleHours, |i, t| i.shgjn = t, &["変形労働時間制（１ヶ月単位）", "フレックスタイム制"], &["固定"]),
        (Flag::Housing, |i, t| i.housing = t, &["単身用あり"], &["なし"]),
        (Flag::RetirementPay, |i, t| i.tskknseido_n = t, &["あり（勤続３年以上）"], &["なし"]),
        (Flag::NoDocumentScreening, |i, t| i.snkhoho = t, &["面接（予定１回）", "面接、書類選考なし"], &["面接（予定１回）　書類選考"]),
        (Flag::Dispatch, |i, t| i.dispatch = t, &["派遣", "請負"], &["派遣・請負ではない"]),
        (Flag::Contract, |i, t| i.dispatch = t, &["請負"], &["派遣", "派遣・請負ではない"]),
        (Flag::Dispatch, |i, t| i.sksu = t, &["（派遣）一般事務", "派遣社員（製造）"], &["派遣コーディネーター"]),
        (
            Flag::UTurn,
            |i, t| i.kjjknktkjk = t,
            &["＊ＵＩＪターン歓迎", "Ｕターンの方", "I/Uターン"],
            &["リターン", "ターンテーブル", "Uターン不可"],
        ),
        (Flag::EmploymentInsurance, |i, t| i.knyhkn = t, &["雇用　労災　健康　厚生", "雇用保険"], &["労災", "雇用保険なし"]),
        (Flag::PublicAccident, |i, t| i.knyhkn = t, &["公務災害補償"], &["労災"]),
        (Flag::EmploymentInsurance, |i, t| i.knyhkn_koyo = t, &["1", "雇用", "あり"], &["0", "なし"]),
        (Flag::OffMonday, |i, t| i.kyjs_mon = t, &["1", "月", "○"], &["0", "なし", "×"]),
    ];
    for (flag, set, sets, leaves) in table {
        let has = |text| {
            let mut items = Items::default();
            set(&mut items, text);
            of(&items).contains(flag)
        };
        sets.iter().for_each(|text| assert!(has(text), "{flag:?} {text}"));
        leaves.iter().chain(&["", "未選択"]).for_each(|text| assert!(!has(text), "{flag:?} {text}"));
    }
    assert_eq!(of(&Items::default()), []);
}

#[test]
fn days_off_are_words_that_are_nothing_but_days() {
    use Flag::{OffHolidays as H, OffMonday as M, OffSaturday as Sa, OffSunday as Su, OffTuesday as T};
    let table: [(&str, &[Flag]); 9] = [
        ("土　日　祝日", &[Sa, Su, H]),
        ("土日祝", &[Sa, Su, H]),
        ("日曜日、祝日、その他", &[Su, H]),
        ("日祝他", &[Su, H]),
        ("土日祝休み", &[Sa, Su, H]),
        ("毎週月曜日・火", &[M, T]),
        ("月６日　シフトによる", &[]),
        ("会社カレンダーによる休日", &[]),
        ("第２土　日", &[Su]),
    ];
    for (text, expected) in table {
        let mut flags = Flags::default();
        days_off(text, &mut flags);
        let found: Vec<Flag> = flags.iter().collect();
        assert_eq!(found.len(), expected.len(), "{text} {found:?}");
        assert!(expected.iter().all(|flag| found.contains(flag)), "{text} {found:?}");
    }
}

#[test]
fn self_application_needs_a_posting_that_is_published_with_its_name() {
    let items = Items { onlinejishuobo_uktkkahi_n: "可", ..Items::default() };
    let accepts = |scope| flags(&items, Kind::General, scope, None).has(Flag::SelfApplication);
    assert!(accepts(PublishingScope::Everyone) && accepts(PublishingScope::RegisteredSeekers));
    assert!(!accepts(PublishingScope::WithoutName) && !accepts(PublishingScope::Unpublished));
}

#[test]
fn a_posting_of_the_kind_for_people_with_disabilities_is_reserved_and_a_dispatch_form_is_dispatch() {
    let items = Items::default();
    assert!(flags(&items, Kind::Disabled, PublishingScope::Everyone, None).has(Flag::Reserved));
    let form = Some(EmploymentForm::FixedTermDispatch);
    assert!(flags(&items, Kind::General, PublishingScope::Everyone, form).has(Flag::Dispatch));
}

#[test]
fn a_barrier_free_fact_counts_where_something_but_nashi_is_stated() {
    let stated = |text| of(&Items { barrier_free: vec![(Flag::Elevator, text)], ..Items::default() });
    for text in ["あり", "有（２基）", "１階のみ"] {
        assert_eq!(stated(text), [Flag::Elevator], "{text}");
    }
    for text in ["なし", "設置なし", "設置の予定はない", "無"] {
        assert_eq!(stated(text), [], "{text}");
    }
}

#[test]
fn a_licence_that_is_merely_welcome_is_not_asked_for() {
    let items = |need| Items { menkyo_skku1_n: "普通自動車運転免許", menkyo_skkuyohi1_n: need, ..Items::default() };
    assert!(of(&items("必須")).contains(&Flag::DrivingLicence));
    assert!(of(&items("")).contains(&Flag::DrivingLicence));
    assert!(!of(&items("あれば尚可")).contains(&Flag::DrivingLicence));
}
