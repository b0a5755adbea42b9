//! The facts that are simply so: which item states each, and in which words. A fact that no item states is not set.

use super::answers::{Answer, answer, answer_or_code, is_stated, is_ticked};
use super::items::{Items, first_of};
use super::numbers::narrow;
use super::places::is_near_station;
use crate::postings::facts::{EmploymentForm, Flag, Flags, Kind, PublishingScope};

type Of = for<'a> fn(&Items<'a>) -> &'a str;

/// What a choice item must say.
#[derive(Clone, Copy, Debug)]
enum Says {
    /// あり, 可.
    Yes,
    /// なし, 不可.
    No,
    /// Anything but なし: 「年2回」, 「65歳まで」.
    Anything,
}

/// Choice items.
const CHOICES: &[(Flag, Says, Of)] = &[
    (Flag::Remote, Says::Anything, |i| i.ztkkimmu_n),
    (Flag::Car, Says::Yes, |i| i.mycartsknkahi_n),
    (Flag::NoTransfer, Says::No, |i| i.tenkin_knsi_n),
    (Flag::Bonus, Says::Anything, |i| first_of(i.shoyoumu_n, i.shoyo)),
    (Flag::Raise, Says::Anything, |i| first_of(i.shkyumu_n, i.shkyrt)),
    (Flag::NoOvertime, Says::No, |i| i.jkgi_umu_n),
    (Flag::RetirementPay, Says::Anything, |i| first_of(i.tskknseido_n, i.tiskkin_seido)),
    (Flag::RetirementMutualAid, Says::Anything, |i| first_of(first_of(i.tiskkin_kysi_n, i.tskkyosai_n), i.tskinksi)),
    (Flag::Permanent, Says::No, |i| i.koyokikan_sadame_n),
    (Flag::Renewal, Says::Anything, |i| i.koyokikankeiyakuksnnoknsi),
    (Flag::NoRetirementAge, Says::No, |i| first_of(i.tnsei_n, i.tnnenrei)),
    (Flag::Reemployment, Says::Anything, |i| i.saikoyo),
    (Flag::Housing, Says::Anything, |i| i.housing),
    (Flag::Childcare, Says::Anything, |i| i.tkjshsetu_n),
    (Flag::Promotion, Says::Anything, |i| i.ssintoyo_umu_n),
    (Flag::UTurn, Says::Anything, |i| i.uijturnkange_n),
    (Flag::FlexibleHours, Says::Anything, |i| first_of(i.henkeirdtani_n, i.henkeirdtani)),
];

/// Check boxes.
const TICKS: &[(Flag, Of)] = &[
    (Flag::EmploymentInsurance, |i| i.knyhkn_koyo),
    (Flag::AccidentInsurance, |i| i.knyhkn_rosai),
    (Flag::PublicAccident, |i| i.knyhkn_komu),
    (Flag::HealthInsurance, |i| i.knyhkn_kenko),
    (Flag::PensionInsurance, |i| i.knyhkn_kosei),
    (Flag::PropertyFormation, |i| i.knyhkn_zaikei),
    (Flag::OffMonday, |i| i.kyjs_mon),
    (Flag::OffTuesday, |i| i.kyjs_tue),
    (Flag::OffWednesday, |i| i.kyjs_wed),
    (Flag::OffThursday, |i| i.kyjs_thu),
    (Flag::OffFriday, |i| i.kyjs_fri),
    (Flag::OffSaturday, |i| i.kyjs_sat),
    (Flag::OffSunday, |i| i.kyjs_sun),
    (Flag::OffHolidays, |i| i.kyjs_holiday),
];

/// Items whose text holds one of the first words and none of the second.
const WORDS: &[(Flag, Of, &[&str], &[&str])] = &[
    (Flag::NoEducation, |i| i.grki, &["不問"], &["必須"]),
    (Flag::NoExperience, |i| i.hynakiknt, &["不問"], &["必須"]),
    (Flag::AnyAge, |i| first_of(i.nenreisegn_n, i.nenreisegn), &["不問", "なし"], &[]),
    (Flag::NonSmoking, |i| first_of(i.shgbs_okni_jdktentisk_n, i.okni_jdktentisk_n), &["禁煙"], &["喫煙可"]),
    (Flag::TwoDaysEveryWeek, |i| i.sk2sei_n, &["毎週", "完全"], &[]),
    (Flag::Permanent, |i| i.koyokikan, &["定めなし", "定め無し", "無期"], &[]),
    (Flag::Renewal, |i| i.koyokikan, &["更新"], &["更新なし", "更新の可能性なし", "更新しない", "更新　なし", "更新の可能性　なし"]),
    (Flag::Shift, |i| i.shgjn, &["交替制", "交代制", "シフト"], &[]),
    (Flag::Shift, |i| i.shgjnkeitai_n, &["交替制", "交代制", "シフト"], &[]),
    (Flag::Shift, |i| i.shgjn_tkjk, &["交替制", "交代制", "シフト制"], &[]),
    (Flag::FlexibleHours, |i| i.shgjn, &["フレックス", "変形労働", "裁量労働"], &[]),
    (Flag::FlexibleHours, |i| i.shgjnkeitai_n, &["フレックス", "変形労働", "裁量労働"], &[]),
];

/// The words of `knyhkn`, the line of all insurances.
const INSURANCES: &[(Flag, &str)] = &[
    (Flag::EmploymentInsurance, "雇用"),
    (Flag::AccidentInsurance, "労災"),
    (Flag::PublicAccident, "公務災害"),
    (Flag::HealthInsurance, "健康"),
    (Flag::PensionInsurance, "厚生"),
    (Flag::PropertyFormation, "財形"),
    (Flag::RetirementMutualAid, "退職金共済"),
    (Flag::RetirementPay, "退職金制度"),
];

/// Signs of days off in `kyjs`.
const DAYS: [(char, Flag); 8] = [
    ('月', Flag::OffMonday),
    ('火', Flag::OffTuesday),
    ('水', Flag::OffWednesday),
    ('木', Flag::OffThursday),
    ('金', Flag::OffFriday),
    ('土', Flag::OffSaturday),
    ('日', Flag::OffSunday),
    ('祝', Flag::OffHolidays),
];

/// The flags of a posting.
pub(super) fn flags(items: &Items<'_>, kind: Kind, scope: PublishingScope, form: Option<EmploymentForm>) -> Flags {
    let mut flags = Flags::default();
    for (flag, says, of) in CHOICES {
        let answer = answer(of(items));
        flags.set(
            *flag,
            match says {
                Says::Yes => answer == Answer::Yes,
                Says::No => answer == Answer::No,
                Says::Anything => matches!(answer, Answer::Yes | Answer::Other),
            },
        );
    }
    for (flag, of) in TICKS {
        flags.set(*flag, is_ticked(of(items)));
    }
    for (flag, of, words, not) in WORDS {
        let text = of(items);
        let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
        flags.set(*flag, !text.is_empty() && holds(words) && !holds(not));
    }
    for (flag, word) in INSURANCES {
        flags.set(*flag, lists(items.knyhkn, word));
    }
    days_off(items.kyjs, &mut flags);
    head(items, kind, scope, &mut flags);
    licences(items, &mut flags);
    dispatch(items, form, &mut flags);
    for (flag, text) in &items.barrier_free {
        flags.set(*flag, matches!(answer(text), Answer::Yes | Answer::Other));
    }
    flags.set(Flag::NearStation, is_near_station(items));
    flags.set(Flag::NoDocumentScreening, screens_no_documents(items));
    flags.set(Flag::UTurn, [items.kjjknktkjk, items.shigoto_ny, items.sksu].into_iter().any(welcomes_return));
    flags
}

/// What the head of the posting says. Self-application needs publishing scope 1 or 2 (DOMAIN.md "Employer side" [O]); a posting of
/// the kind 障害者のための求人 is reserved by its kind.
fn head(items: &Items<'_>, kind: Kind, scope: PublishingScope, flags: &mut Flags) {
    let reserved = match answer(items.sgsyakbn_n) {
        Answer::Other => items.sgsyakbn_n.contains("障害") || items.sgsyakbn_n.contains("障がい"),
        _ => answer_or_code(items.sgsyakbn_n, items.sgsyakbn_c) == Answer::Yes,
    };
    flags.set(Flag::Reserved, reserved || kind == Kind::Disabled);
    let accepts = match answer_or_code(items.onlinejishuobo_uktkkahi_n, items.onlinejishuobo_uktkkahi_c) {
        Answer::Yes => true,
        Answer::Other => items.onlinejishuobo_uktkkahi_n.contains("受け付ける"),
        Answer::No | Answer::Unstated => false,
    };
    let has_name = matches!(scope, PublishingScope::Everyone | PublishingScope::RegisteredSeekers);
    flags.set(Flag::SelfApplication, accepts && has_name);
    let trial = answer_or_code(items.trialkoyoheiyo_kibo_n, items.trialkoyoheiyo_kibo_c);
    flags.set(Flag::Trial, matches!(trial, Answer::Yes | Answer::Other));
}

/// The three named licences with whether they are required, and the free text for others.
pub(super) fn licence_items<'a>(items: &Items<'a>) -> [(&'a str, &'a str); 4] {
    [
        (items.menkyo_skku1_n, items.menkyo_skkuyohi1_n),
        (items.menkyo_skku2_n, items.menkyo_skkuyohi2_n),
        (items.menkyo_skku3_n, items.menkyo_skkuyohi3_n),
        (items.hynamenkyo_snta, ""),
    ]
}

/// 免許・資格不問, and a driving licence that is required rather than merely welcome.
fn licences(items: &Items<'_>, flags: &mut Flags) {
    let each = licence_items(items);
    let asks = |(name, need): &(&str, &str)| format!("{name}{need}").contains("必須");
    flags.set(Flag::NoLicence, each.iter().any(|(name, need)| name.contains("不問") || need.contains("不問")) && !each.iter().any(asks));
    let drives = |name: &str| name.contains("普通自動車") || name.contains("自動車運転免許") || name.contains("普通免許");
    let is_welcome = |text: &str| text.contains("尚可") || text.contains("なお可") || text.contains("不問") || text.contains("優遇");
    let required = each.iter().any(|(name, need)| drives(&format!("{name}{need}")) && !is_welcome(name) && !is_welcome(need));
    flags.set(Flag::DrivingLicence, required);
}

/// 派遣・請負: by the employment form, by the item that says so, or by a title that is plainly a dispatch job [own].
fn dispatch(items: &Items<'_>, form: Option<EmploymentForm>, flags: &mut Flags) {
    const TITLES: [&str; 7] = ["（派遣）", "(派遣)", "［派遣］", "【派遣】", "〈派遣〉", "派遣社員", "派遣スタッフ"];
    let by_form = matches!(form, Some(EmploymentForm::PermanentDispatch | EmploymentForm::FixedTermDispatch));
    let by_title = TITLES.iter().any(|sign| items.sksu.contains(sign));
    let says = |word| items.dispatch.contains(word) && answer(items.dispatch) != Answer::No;
    let contract = says("請負");
    flags.set(Flag::Contract, contract);
    flags.set(Flag::Dispatch, by_form || by_title || contract || says("派遣"));
}

/// Whether a list of insurances names one without denying it.
fn lists(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let rest = line[at + word.len()..].trim_start_matches("保険").trim_start_matches(['：', ':', '　', ' ']);
        !rest.starts_with("なし") && !rest.starts_with('無') && !rest.starts_with("未加入")
    })
}

/// 「土　日　祝日」, 「土日祝、その他」: only words that are nothing but days count, so that 「月６日」 is no Monday.
fn days_off(text: &str, flags: &mut Flags) {
    let is_separator = |c: char| c.is_whitespace() || "・、，,。／/＋+（）()".contains(c);
    for word in text.split(is_separator) {
        let days = word.replace("曜日", "").replace("祝日", "祝").replace("祭日", "祝").replace("曜", "");
        let days = days.trim_start_matches("毎週").trim_end_matches("休み").trim_end_matches("その他").trim_end_matches('他');
        if days.chars().all(|c| DAYS.iter().any(|(sign, _)| *sign == c)) {
            DAYS.iter().for_each(|(sign, flag)| flags.set(*flag, days.contains(*sign)));
        }
    }
}

/// Whether selection is described and needs no documents to be screened.
fn screens_no_documents(items: &Items<'_>) -> bool {
    let text = items.snkhoho;
    let denies = ["書類選考なし", "書類選考無し", "書類選考はありません", "書類選考はなし", "書類選考　なし"];
    if denies.iter().any(|denial| text.contains(denial)) {
        return true;
    }
    let by_text = is_stated(text) && !text.contains("書類選考") && !is_ticked(items.snkhoho_shrisnko_c);
    let by_boxes = text.is_empty() && is_ticked(items.snkhoho_mensetsu_c) && !is_ticked(items.snkhoho_shrisnko_c);
    by_text || by_boxes
}

/// 「ＵＩＪターン歓迎」, 「Ｕターン」: the letters before ターン are U, I or J.
fn welcomes_return(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), "ターン").any(|at| {
        let before = text[..at].chars().next_back().map(narrow);
        let letters = before.is_some_and(|c| matches!(c.to_ascii_lowercase(), 'u' | 'i' | 'j'));
        let rest = text[at + "ターン".len()..].trim_start();
        letters && !rest.starts_with("不可") && !rest.starts_with("なし")
    })
}

#[cfg(test)]
#[path = "conditions_tests.rs"]
mod tests;
