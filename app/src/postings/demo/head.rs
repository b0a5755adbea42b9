//! The head of a posting and its establishment.

use super::dice::Dice;
use super::offer::{Offer, office_digits};
use super::places;
use super::texts::{push_amount, slashed, wide, widened, wrap};
use crate::industries;
use crate::postings::facts::{EmploymentForm, Kind, WorkTime};
use crate::postings::record::Record;

/// 求人番号 to 産業分類.
pub(super) fn push_head(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let part = offer.time == WorkTime::Part;
    record.push("kjno", offer.number.as_str());
    record.push("uktkymd_seireki", slashed(offer.received_on));
    record.push("uktkymd_wareki", widened(&offer.received_on.era()));
    record.push("kjyukoymd", slashed(offer.deadline));
    record.push("shokaikigenymd", widened(&offer.deadline.era()));
    record.push("kjkbn1_c", offer.kind.code());
    record.push("kjkbn1_n", kind_name(offer.kind));
    record.push("kjkbn2_c", if part { "2" } else { "1" });
    record.push("kjkbn2_n", if part { "パート" } else { "フルタイム" });
    if dice.permille(300) {
        record.push("kjkbn_title", if part { "求人票（パート）" } else { "求人票（フルタイム）" });
    }
    record.push("kokaikibo", offer.scope.code());
    if offer.is_reserved {
        record.push("sgsyakbn_c", "1");
        record.push("sgsyakbn_n", "障害者専用求人");
    }
    if offer.is_reserved && offer.job.key == "support-worker" {
        record.push("srkzksien_agtjigyo_c", "1");
        record.push("srkzksien_agtjigyo_n", "就労継続支援Ａ型事業の利用者募集");
    }
    if dice.permille(90) {
        record.push("trialkoyoheiyo_kibo_c", "1");
        record.push("trialkoyoheiyo_kibo_n", "希望する");
    }
    if dice.permille(500) {
        record.push("onlinejishuobo_uktkkahi_c", if offer.accepts_self_application { "1" } else { "2" });
    }
    record.push("onlinejishuobo_uktkkahi_n", if offer.accepts_self_application { "可" } else { "不可" });
    push_classes(record, offer);
    let office = office_digits(offer.index);
    record.push("juriatsno", format!("{:02}{office}0", offer.place.prefecture));
    record.push("juriatsmei", format!("見本第{}公共職業安定所", widened(office.trim_start_matches('0'))));
    if dice.permille(100) {
        record.push("skbtrn1", "");
    }
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::General => "一般",
        Kind::Graduates => "新卒・既卒",
        Kind::Seasonal => "季節",
        Kind::Migrant => "出稼ぎ",
        Kind::Disabled => "障害者",
    }
}

fn push_classes(record: &mut Record, offer: &Offer) {
    let industry = offer.employer.industry;
    record.push("sngbrui_c", format!("{industry:02}1"));
    record.push("sngbrui_dai_c", industries::major_of(industry).map_or('T', |major| major.code).to_string());
    record.push("sngbrui_n", industries::middle(industry).map_or("分類不能の産業", |middle| middle.name));
    record.push("skgybrui1_c", offer.job.class);
    let middle = offer.job.class.get(..3).and_then(|class| class.parse().ok());
    let major = middle.and_then(crate::occupations::middle_class).map_or(0, |class| class.major);
    record.push("skgybruicode1_dai_c", format!("{major:02}"));
}

/// 求人事業所 and 会社の情報.
pub(super) fn push_employer(record: &mut Record, offer: &Offer) {
    let employer = &offer.employer;
    let dice = &mut employer.dice.clone();
    let (business, strengths) = employer.texts();
    record.push("jgshno", employer.establishment_number());
    record.push("jgshmei", employer.name.as_str());
    record.push("jgshmeikana", employer.kana.as_str());
    record.push("jgshyubinno", places::postal_code(dice));
    let area = places::name_of(employer.seat);
    record.push("jgshjusho_n", area.as_str());
    record.push("jgshszci", area + &places::street(dice));
    if dice.permille(650) {
        record.push("jgshhp", format!("https://example.jp/e/{}", employer.number));
    }
    record.push("jigyony", wrap(&business, 18, '　'));
    record.push(if dice.permille(700) { "kaishatokucho" } else { "kaishatocho" }, wrap(&strengths, 18, '　'));
    record.push("yshk", if employer.name.contains("法人") { "理事長" } else { "代表取締役" });
    record.push("dhsyamei", dice.pick(&["見本　太郎", "架空　花子", "例示　一郎", "仮名　葉子", "試作　次郎", "見本　みどり"]));
    if dice.permille(400) {
        record.push("honinno", format!("00{:011}", employer.number));
    }
    let mut capital = String::new();
    push_amount(&mut capital, 100 * dice.between(1, 90));
    record.push("shihonkin", capital + "万円");
    push_people(record, offer, dice);
}

fn push_people(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let staff = offer.employer.staff;
    let here = if offer.employer.is_chain { dice.between(3, 90) } else { staff - staff / 4 };
    record.push("jgis_kigyozentai_n", staff.to_string());
    if dice.permille(500) {
        record.push("jgis_shgbs_n", here.to_string());
        record.push("jgis_uchijosei_n", (here * dice.between(20, 80) / 100).to_string());
        record.push("jgis_uchipart_n", (here * dice.between(5, 60) / 100).to_string());
    }
    record.push("sogyostrt_nen_seireki", dice.between(1948, 2023).to_string());
    for (tag, share) in [
        ("rodokumiai", 150),
        ("fltmshgkisoku", 900),
        ("partshgkisoku", 800),
        ("ikujikyugyostkjissekiumu_n", 600),
        ("kaigokyugyostkjissekiumu_n", 200),
        ("kangokyukastkjissekiumu_n", 250),
        ("gkjnkoyojisseki_n", 300),
    ] {
        if dice.permille(350) {
            record.push(tag, yes_no(dice.permille(share)));
        }
    }
}

/// 「あり」 or 「なし」.
pub(super) const fn yes_no(yes: bool) -> &'static str {
    if yes { "あり" } else { "なし" }
}

/// 雇用形態 and what belongs to it.
pub(super) fn push_form(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let (code, name) = match offer.form {
        EmploymentForm::Regular => ("1", "正社員"),
        EmploymentForm::NonRegular => ("2", "正社員以外"),
        EmploymentForm::PermanentDispatch => ("3", "無期雇用派遣労働者"),
        EmploymentForm::FixedTermDispatch => ("4", "有期雇用派遣労働者"),
        EmploymentForm::PartTimer => ("5", "パート労働者"),
    };
    record.push("koyokeitai_c", code);
    record.push("koyokeitai_n", name);
    if offer.form == EmploymentForm::NonRegular {
        record.push(
            "koyokeitaissinigainomeisho",
            dice.pick(&["契約社員", "準社員", "臨時職員", "会計年度任用職員", "嘱託職員", "期間従業員"]),
        );
    }
    let dispatched = matches!(offer.form, EmploymentForm::PermanentDispatch | EmploymentForm::FixedTermDispatch);
    record.push(
        "hakenukeoitoshgkeitai",
        if dispatched {
            "派遣"
        } else if dice.permille(40) {
            "請負"
        } else {
            "派遣・請負ではない"
        },
    );
    if dispatched {
        record.push("hakenukeoitordsha", format!("派００－０００{}", wide(dice.between(100, 999))));
    }
    if offer.form != EmploymentForm::Regular {
        record.push("ssintoyo_umu_n", dice.pick(&["あり", "なし", "未選択"]));
    }
    push_period(record, offer, dice);
}

fn push_period(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let unlimited = match offer.form {
        EmploymentForm::Regular | EmploymentForm::PermanentDispatch => true,
        EmploymentForm::FixedTermDispatch => false,
        EmploymentForm::NonRegular => offer.kind == Kind::General && dice.permille(250),
        EmploymentForm::PartTimer => dice.permille(450),
    };
    record.push("koyokikan_sadame_n", if unlimited { "定めなし" } else { "定めあり" });
    if unlimited {
        record.push("koyokikan", "雇用期間の定めなし");
        return;
    }
    let period = format!("雇用期間の定めあり（４ヶ月以上）　{}", dice.pick(&["６ヶ月", "１年", "３ヶ月", "１１ヶ月", "２年"]));
    let renewal = dice.pick(&["あり（原則更新）", "あり（条件付きで更新あり）", "なし"]);
    record.push("koyokikan", format!("{period}　契約更新の可能性　{renewal}"));
    record.push("koyokikankeiyakuksnnoknsi", renewal);
    if renewal.contains("条件") {
        record.push("koyokikankeiyakuksnnojkn", "勤務成績、業務量による");
    }
}
