//! Workplace, demands on applicants, insurance and the other conditions of work.

use super::dice::Dice;
use super::head::yes_no;
use super::offer::Offer;
use super::places;
use super::tables::{PHRASES, Shape};
use super::template::{Scene, fill};
use super::texts::wide;
use crate::postings::facts::{EmploymentForm, Kind, WorkTime};
use crate::postings::record::Record;

/// 就業場所.
pub(super) fn push_place(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    record.push("shgbsyubinno", places::postal_code(dice));
    let area = places::name_of(offer.place);
    // Missing in about a third (FEED.md).
    if dice.permille(670) {
        record.push("shgbsjusho1_n", area.as_str());
    }
    record.push("shgbsjusho", area + &places::street(dice));
    if dice.permille(850) {
        push_station(record, dice);
    }
    let smoking =
        dice.pick(&["あり（屋内禁煙）", "あり（屋内禁煙）", "あり（屋内禁煙）", "あり（喫煙室設置）", "なし（喫煙可）", "その他"]);
    record.push(if dice.permille(800) { "okni_jdktentisk_n" } else { "shgbs_okni_jdktentisk_n" }, smoking);
    if offer.is_remote || dice.permille(700) {
        record.push("ztkkimmu_n", yes_no(offer.is_remote));
    }
    let car = dice.permille(700);
    record.push("mycartsknkahi_n", if car { "可" } else { "不可" });
    record.push("chushajo_umu_n", if car { yes_no(dice.permille(900)) } else { "未選択" });
    let transfer = dice.permille(180);
    record.push("tenkin_knsi_n", yes_no(transfer));
    if transfer {
        record.push("tenkin_hani", dice.pick(&["県内の事業所", "転居を伴わない範囲", "全国の支店", "法人内の施設"]));
    }
    if dice.permille(80) {
        record.push("uijturnkange_n", "ＵＩＪターン歓迎");
    }
}

fn push_station(record: &mut Record, dice: &mut Dice) {
    record.push("shgbs_myre", places::station(dice));
    let (means, minutes) = match dice.below(10) {
        0..=6 => ("徒歩", dice.between(1, 25)),
        7 => ("バス", dice.between(5, 30)),
        _ => ("車", dice.between(3, 30)),
    };
    record.push("shgbs_jgshmade_kotsushudan_n", means);
    record.push("shgbs_jgshmade_shoyojn", minutes.to_string());
}

/// Age, education, experience, skills, licences.
pub(super) fn push_demands(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    push_ages(record, offer, dice);
    record.push("grki", dice.pick(&["不問", "不問", "不問", "必須　高校以上", "必須　専修学校以上", "必須　大学以上"]));
    let scene = Scene { place: offer.place.name, tools: &[] };
    let mut experience = String::from(match dice.below(10) {
        0..=5 => "不問",
        6..=7 => "あれば尚可　",
        _ => "必須　",
    });
    if experience != "不問" {
        fill(dice.pick(&PHRASES.experience), scene, dice, &mut experience);
    }
    record.push("hynakiknt", experience);
    if offer.job.shape == Shape::Office || dice.permille(200) {
        let mut skill = String::with_capacity(100);
        fill(dice.pick(&PHRASES.pc), scene, dice, &mut skill);
        record.push("hynapcskill", skill);
    }
    push_licences(record, offer, dice);
}

fn push_ages(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    if !dice.permille(if offer.form == EmploymentForm::Regular { 650 } else { 250 }) {
        record.push("nenreisegn_n", "不問");
        return;
    }
    record.push("nenreisegn_n", "制限あり");
    let night = matches!(offer.job.shape, Shape::Night | Shape::Shift) && dice.permille(400);
    let (from, to, ground, reason) = match (night, dice.below(10)) {
        (true, _) => (Some(18), Some(64), "法令の規定により年齢制限がある", "深夜労働のため、定年が６５歳のため"),
        (false, 0..=5) => (None, Some(if dice.permille(700) { 64 } else { 59 }), "定年を上限", "定年年齢を上限とするため"),
        (false, 6..=7) => (None, Some(5 * dice.between(6, 9)), "キャリア形成", "長期勤続によるキャリア形成を図るため"),
        (false, _) => (Some(18), None, "法令の規定により年齢制限がある", "労働基準法（危険有害業務）による"),
    };
    for (tag, age) in [("nenreisegnari_kagen", from), ("nenreisegnari_jgn", to)] {
        if let Some(age) = age {
            record.push(tag, age.to_string());
        }
    }
    record.push("nenreisegngaitojiyu_n", ground);
    record.push("nenreisegnnory", reason);
}

fn push_licences(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let mut n = 0;
    for (name, required) in &offer.job.licences {
        if *required || dice.permille(450) {
            n += 1;
            record.push(format!("menkyo_skku{n}_n"), *name);
            let need = if *required { "必須" } else { dice.pick(&["必須", "あれば尚可", "あれば尚可"]) };
            record.push(format!("menkyo_skkuyohi{n}_n"), need);
        }
    }
    if n == 0 {
        record.push("hynamenkyo_snta", "免許・資格不問");
    } else if dice.permille(60) {
        record.push("hynamenkyo_snta", "ＡＴ限定可");
    }
}

/// 試用期間.
pub(super) fn push_trial(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let trial = offer.form == EmploymentForm::Regular && dice.permille(850) || dice.permille(350);
    record.push("sykkn_umu_n", yes_no(trial));
    if trial {
        record.push("sykkn", dice.pick(&["３ヶ月", "３ヶ月", "６ヶ月", "２ヶ月", "１４日間"]));
        let same = dice.permille(800);
        record.push("sykknchu_rodojoken", if same { "同条件" } else { "異なる　時間給１，１００円" });
    }
}

/// その他の労働条件.
pub(super) fn push_insurance(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let full = offer.time == WorkTime::Full;
    let covered = full || dice.permille(550);
    let insured = [
        ("knyhkn_koyo", "雇用", full || covered || dice.permille(600)),
        ("knyhkn_rosai", "労災", true),
        ("knyhkn_kenko", "健康", covered),
        ("knyhkn_kosei", "厚生", covered),
        ("knyhkn_zaikei", "財形", full && dice.permille(80)),
    ];
    let mut names = String::with_capacity(48);
    for (tag, name, holds) in insured {
        if holds {
            record.push(tag, "1");
            names.push_str(name);
            names.push('　');
        }
    }
    record.push("knyhkn", names.trim_end());
    if dice.permille(300) {
        record.push("tskkyosai_n", if dice.permille(500) { "加入" } else { "未加入" });
    }
    let pay = full && dice.permille(650);
    record.push("tskknseido_n", if pay { dice.pick(&["あり（勤続３年以上）", "あり（勤続１年以上）", "あり"]) } else { "なし" });
    push_retirement(record, offer, dice);
    if offer.kind == Kind::Migrant || dice.permille(120) {
        record.push("nyukyokanojtk_n", "あり（単身用）");
    } else if dice.permille(500) {
        record.push("nyukyokanojtk_n", "なし");
    }
    if dice.permille(600) {
        record.push("tkjshsetu_n", if dice.permille(200) { "あり" } else { dice.pick(&["なし", "なし", "未選択"]) });
    }
}

fn push_retirement(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let aged = offer.form != EmploymentForm::FixedTermDispatch && dice.permille(800);
    record.push("tnsei_n", yes_no(aged));
    if aged {
        record.push("tnnenrei", dice.pick(&["一律　６０歳", "一律　６５歳", "一律　６５歳", "一律　７０歳"]));
    }
    record.push("saikoyo", if aged && dice.permille(800) { "あり　上限７０歳まで" } else { "なし" });
    if dice.permille(400) {
        record.push("knmencho", dice.pick(&["あり　上限７５歳まで", "なし", "未選択"]));
    }
}

/// 選考等.
pub(super) fn push_selection(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    record.push("saiyoninzu_n", dice.pick(&["1", "1", "1", "2", "2", "3", "5", "10"]));
    record.push("boshury_n", dice.pick(&["欠員補充", "増員", "新規事業所設立", "その他"]));
    let papers = dice.permille(300);
    let test = dice.permille(70);
    let mut method = String::from("面接（予定１回）");
    record.push("snkhoho_mensetsu_c", "1");
    if papers {
        record.push("snkhoho_shrisnko_c", "1");
        method.push_str("　書類選考");
    }
    if test {
        record.push("snkhoho_hkkskn_c", "1");
        method.push_str("　筆記試験");
    }
    record.push("snkhoho", method);
    record.push("selectkekkatsuch", if papers { "書類選考後　面接後" } else { "面接後" });
    if dice.permille(400) {
        record.push("mensetsuselectkekka", format!("面接後{}日以内", wide(dice.between(2, 14))));
    }
    if dice.permille(300) {
        record.push("ksshenotsuchihoho", dice.pick(&["郵送　電話", "電話", "求職者マイページ　電話", "Ｅメール"]));
        record.push("selectnichijito", dice.pick(&["随時", "随時", "後日連絡", "毎週火曜日１０時００分から"]));
    }
    if dice.permille(250) {
        record.push("selectbsyubinno", places::postal_code(dice));
        record.push("selectbsjusho", places::name_of(offer.place) + &places::street(dice));
    }
    push_papers(record, papers, dice);
    push_contact(record, offer, dice);
}

fn push_papers(record: &mut Record, screened: bool, dice: &mut Dice) {
    record.push("obshri_hwshkijo", "1");
    record.push("obshri_rrksh", "1");
    if screened || dice.permille(300) {
        record.push("obshri_shkmkeireki", "1");
    }
    if dice.permille(60) {
        record.push("obshri_jobcard", "1");
    }
    if dice.permille(150) {
        record.push("oboshri_snta", dice.pick(&["資格証の写し", "運転免許証の写し", "卒業見込証明書", "職務内容のわかるもの"]));
    }
    if dice.permille(300) {
        record.push("oboshoruinosofuhoho", dice.pick(&["郵送　面接時に持参", "Ｅメール　郵送", "面接時に持参"]));
    }
    if dice.permille(300) {
        record.push("obohen", dice.pick(&["返戻", "求人者の責任にて廃棄", "求職者マイページによる返戻", "未選択"]));
    }
}

/// Contacts that reach nobody: no number begins with 000, and example.jp belongs to no one.
fn push_contact(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    record.push("ttsykm", dice.pick(&["総務部　採用担当", "事務局", "管理課", "人事係", "施設長"]));
    let (name, kana) = [
        ("見本　さくら", "ミホン　サクラ"),
        ("架空　一郎", "カクウ　イチロウ"),
        ("例示　まこと", "レイジ　マコト"),
        ("仮名　ひろみ", "カメイ　ヒロミ"),
    ][dice.below(4) as usize];
    record.push("ttsttskana", kana);
    record.push("ttstts", name);
    record.push("snktts_tel", format!("000-0000-{:04}", dice.below(10_000)));
    if dice.permille(300) {
        record.push("snktts_fax", format!("000-0000-{:04}", dice.below(10_000)));
    }
    if dice.permille(250) {
        record.push("snktts_mail", format!("saiyo{}@example.jp", offer.employer.number));
    }
}
