//! The table of the posting sheet: its sections and items in the official order, where each comes from in the record, and whether a
//! posting without name shows it (DOMAIN.md "Employer side" [O]).
//!
//! Names of items as in FEED.md. Where the feed's name is not publicly known, the item takes the name it has in the markup of the
//! official page, in lower case [own]; postings of our own desks use those names.

use super::made::{self, Made, Unit};
use super::made_wage;
use crate::text;
use Source::{All, Counted, First, Made as Composed};

/// A section: its anchor, heading and items.
pub(super) struct SectionRule {
    /// Lower-case letters and hyphens.
    pub(super) anchor: &'static str,
    /// What stands over it.
    pub(super) heading: &'static str,
    /// In the official order.
    pub(super) items: &'static [ItemRule],
}

/// An item: its label, source, and who sees it.
pub(super) struct ItemRule {
    /// What stands before it.
    pub(super) label: &'static str,
    /// Where its lines come from.
    pub(super) source: Source,
    /// Whether only those see it who may see the name.
    pub(super) named_only: bool,
}

/// Where an item's lines come from.
pub(super) enum Source {
    /// The first of these items of the record that holds something.
    First(&'static [&'static str]),
    /// All of these items of the record.
    All(&'static [&'static str]),
    /// As `First`; a bare number gets its unit.
    Counted(Unit, &'static [&'static str]),
    /// Put together by a function, which applies the publishing scope itself.
    Made(Made),
}

const fn section(anchor: &'static str, heading: &'static str, items: &'static [ItemRule]) -> SectionRule {
    SectionRule { anchor, heading, items }
}

/// An item that everyone sees; names and contacts in its texts are covered where the posting is without name.
const fn open(label: &'static str, source: Source) -> ItemRule {
    ItemRule { label, source, named_only: false }
}

/// An item that only those see who may see the name.
const fn named(label: &'static str, source: Source) -> ItemRule {
    ItemRule { label, source, named_only: true }
}

/// The sheet.
pub(super) const SECTIONS: &[SectionRule] = &[
    section(
        "basic",
        text::sheet_section_basic(),
        &[
            open(text::sheet_item_number(), Composed(made::number)),
            open(text::sheet_item_received(), Composed(made::received)),
            open(text::sheet_item_deadline(), Composed(made::deadline)),
            open(text::sheet_item_office(), First(&["juriatsmei"])),
            open(text::sheet_item_kind(), Composed(made::kind)),
            open(text::sheet_item_self_application(), Composed(made::self_application)),
            open(text::sheet_item_industry(), First(&["sngbrui_n"])),
            open(text::sheet_item_trial_employment(), First(&["trialkoyoheiyo_kibo_n"])),
        ],
    ),
    section(
        "employer",
        text::sheet_section_employer(),
        &[
            named(text::sheet_item_establishment_number(), First(&["jgshno"])),
            named(text::sheet_item_name_kana(), First(&["jgshmeikana"])),
            open(text::sheet_item_name(), Composed(made::name)),
            named(text::sheet_item_postal_code(), First(&["jgshyubinno"])),
            open(text::sheet_item_address(), Composed(made::establishment_address)),
            named(text::sheet_item_homepage(), Composed(made::homepage)),
        ],
    ),
    section(
        "work",
        text::sheet_section_work(),
        &[
            open(text::sheet_item_title(), Composed(made::title)),
            open(text::sheet_item_description(), First(&["shigoto_ny"])),
            open(text::sheet_item_form(), Composed(made::form)),
            open(text::sheet_item_form_name(), First(&["koyokeitaissinigainomeisho"])),
            open(text::sheet_item_promotion(), All(&["ssintoyo_umu_n", "koyokeitaissinjisseki"])),
            open(text::sheet_item_support_type_a(), First(&["srkzksien_agtjigyo_n"])),
            open(text::sheet_item_dispatch(), All(&["hakenukeoitoshgkeitai"])),
            named(text::sheet_item_dispatch_licence(), First(&["hakenukeoitordsha"])),
            open(text::sheet_item_period(), First(&["koyokikan", "koyokikan_sadame_n"])),
            open(text::sheet_item_renewal(), All(&["koyokikankeiyakuksnnoknsi", "koyokikankeiyakuksnnojkn"])),
        ],
    ),
    section(
        "place",
        text::sheet_section_place(),
        &[
            named(text::sheet_item_place_shown(), First(&["shgbs"])),
            named(text::sheet_item_place_postal_code(), First(&["shgbsyubinno"])),
            open(text::sheet_item_place_address(), Composed(made::place_address)),
            open(text::sheet_item_station(), All(&["shgbs_myre", "shgbs_myremjr"])),
            open(text::sheet_item_transport(), First(&["shgbs_jgshmade_kotsushudan_n"])),
            open(text::sheet_item_transport_time(), Counted(made::minutes, &["shgbs_jgshmade_shoyojn"])),
            named(text::sheet_item_place_remarks(), First(&["shgbstkjk"])),
            open(text::sheet_item_smoking(), All(&["okni_jdktentisk_n", "shgbs_okni_jdktentisk_n", "shgbskitsutsaktkjk"])),
            open(text::sheet_item_remote(), First(&["ztkkimmu_n"])),
        ],
    ),
    section(
        "conditions",
        text::sheet_section_conditions(),
        &[
            open(text::sheet_item_car(), First(&["mycartsknkahi_n"])),
            open(text::sheet_item_parking(), First(&["chushajo_umu_n"])),
            open(text::sheet_item_transfer(), All(&["tenkin_knsi_n", "tenkin_hani"])),
            open(text::sheet_item_u_turn(), First(&["uijturnkange_n"])),
            open(text::sheet_item_age(), First(&["nenreisegn_n", "nenreisegn"])),
            open(text::sheet_item_age_range(), Composed(made::age_range)),
            open(text::sheet_item_age_ground(), First(&["nenreisegngaitojiyu_n", "nenreisegngaitojiyu"])),
            open(text::sheet_item_age_reason(), First(&["nenreisegnnory"])),
            open(text::sheet_item_education(), All(&["grki", "grkiijo"])),
            open(text::sheet_item_experience(), All(&["hynakiknt", "hynakikntshsi"])),
            open(text::sheet_item_pc_skills(), First(&["hynapcskill"])),
            open(text::sheet_item_licences(), Composed(made::licences)),
        ],
    ),
    section(
        "trial",
        text::sheet_section_trial(),
        &[
            open(text::sheet_item_trial(), First(&["sykkn_umu_n", "sykkn_umu"])),
            open(text::sheet_item_trial_period(), First(&["sykkn"])),
            open(text::sheet_item_trial_conditions(), First(&["sykknchu_rodojoken_n", "sykknchu_rodojoken"])),
            open(text::sheet_item_trial_details(), First(&["sykknchu_rodojoken_ny"])),
        ],
    ),
    section(
        "wage",
        text::sheet_section_wage(),
        &[
            open(text::sheet_item_wage_total(), Composed(made_wage::wage_total)),
            open(text::sheet_item_wage_hourly(), Composed(made_wage::wage_hourly)),
            open(text::sheet_item_wage_base(), Composed(made_wage::wage_base)),
            open(text::sheet_item_wage_fixed(), Composed(made_wage::wage_fixed)),
            open(text::sheet_item_wage_overtime(), Composed(made_wage::wage_overtime)),
            open(text::sheet_item_wage_other(), First(&["sntatatfukijk"])),
            open(text::sheet_item_working_days(), Counted(made::days, &["thkinrodonissu_n", "thkinrodonissu"])),
            open(text::sheet_item_wage_form(), Composed(made_wage::wage_form)),
            open(text::sheet_item_commuting(), First(&["tskntat"])),
            open(text::sheet_item_commuting_form(), First(&["tskntattsuki"])),
            open(text::sheet_item_commuting_amount(), Counted(made::yen, &["tskntatgaku", "tskntatkingaku"])),
            open(text::sheet_item_wage_closing_day(), All(&["chgnskbi", "chgnskbimitk"])),
            open(text::sheet_item_wage_pay_day(), All(&["chgnsrbi", "chgnsrbitsuki", "chgnsrbihi"])),
            open(text::sheet_item_raise(), First(&["shkyumu_n"])),
            open(text::sheet_item_raise_record(), First(&["shokyumaenendojisseki"])),
            open(text::sheet_item_raise_rate(), First(&["shkyrt"])),
            open(text::sheet_item_bonus(), First(&["shoyoumu_n"])),
            open(text::sheet_item_bonus_record(), All(&["shoyomaenendoumu", "shoyomaenendkaisu", "shoyo"])),
        ],
    ),
    section(
        "hours",
        text::sheet_section_hours(),
        &[
            open(text::sheet_item_hours_form(), First(&["shgjnkeitai_n"])),
            open(text::sheet_item_flexible_unit(), First(&["henkeirdtani_n", "henkeirdtani"])),
            open(text::sheet_item_hours(), Composed(made::hours_whole)),
            open(text::sheet_item_hours_1(), First(&["shgjn1_open_close"])),
            open(text::sheet_item_hours_2(), First(&["shgjn2_open_close"])),
            open(text::sheet_item_hours_3(), First(&["shgjn3_open_close"])),
            open(text::sheet_item_hours_or(), First(&["shgjnor"])),
            open(text::sheet_item_hours_remarks(), First(&["shgjn_tkjk"])),
            open(text::sheet_item_weekly_days(), All(&["shurdnisu", "shurdnisusodanka"])),
            open(text::sheet_item_overtime(), First(&["jkgi_umu_n"])),
            open(text::sheet_item_overtime_average(), Counted(made::hours, &["jkgi_thkinjn_ji_n"])),
            open(text::sheet_item_overtime_clause(), First(&["sanrokukyotei"])),
            open(text::sheet_item_overtime_reason(), First(&["tkbsnajijo"])),
            open(text::sheet_item_break_time(), Counted(made::minutes, &["kyukeijn_n"])),
            open(text::sheet_item_days_off_year(), Counted(made::days, &["nenkankjsu_n"])),
            open(text::sheet_item_days_off(), Composed(made::days_off)),
            open(text::sheet_item_two_days(), First(&["sk2sei_n"])),
            open(text::sheet_item_days_off_other(), First(&["kyjstosnta"])),
            open(text::sheet_item_paid_leave(), Counted(made::days, &["sixmonth_yukyukyuka_n"])),
        ],
    ),
    section(
        "benefits",
        text::sheet_section_benefits(),
        &[
            open(text::sheet_item_insurance(), Composed(made::insurance)),
            open(text::sheet_item_pension(), First(&["kigyonenkin"])),
            open(text::sheet_item_retirement_aid(), First(&["tskkyosai_n", "tiskkin_kysi_n", "tskinksi"])),
            open(text::sheet_item_retirement_pay(), All(&["tskknseido_n", "tiskkin_seido", "tskinsdkinzokunensu"])),
            open(text::sheet_item_retirement_age(), Composed(made::retirement_age)),
            open(text::sheet_item_reemployment(), Composed(made::reemployment)),
            open(text::sheet_item_extension(), Composed(made::extension)),
            open(text::sheet_item_housing(), First(&["nyukyokanojtk_n", "nkj"])),
            open(text::sheet_item_childcare(), All(&["tkjshsetu_n", "tkjshsttkjk"])),
        ],
    ),
    section(
        "company",
        text::sheet_section_company(),
        &[
            open(text::sheet_item_staff(), Counted(made::people, &["jgis_kigyozentai_n"])),
            open(text::sheet_item_staff_here(), Counted(made::people, &["jgis_shgbs_n"])),
            open(text::sheet_item_staff_women(), Counted(made::people, &["jgis_uchijosei_n"])),
            open(text::sheet_item_staff_part(), Counted(made::people, &["jgis_uchipart_n"])),
            open(text::sheet_item_founded(), Counted(made::year, &["sogyostrt_nen_seireki"])),
            open(text::sheet_item_capital(), First(&["shihonkin"])),
            open(text::sheet_item_union(), First(&["rodokumiai"])),
            open(text::sheet_item_business(), First(&["jigyony"])),
            open(text::sheet_item_strengths(), First(&["kaishatokucho", "kaishatocho"])),
            named(text::sheet_item_representative_post(), First(&["yshk"])),
            named(text::sheet_item_representative(), First(&["dhsyamei"])),
            named(text::sheet_item_corporate_number(), First(&["honinno"])),
            open(text::sheet_item_rules_full(), First(&["fltmshgkisoku"])),
            open(text::sheet_item_rules_part(), First(&["partshgkisoku"])),
            open(text::sheet_item_childcare_leave(), First(&["ikujikyugyostkjissekiumu_n"])),
            open(text::sheet_item_family_care_leave(), First(&["kaigokyugyostkjissekiumu_n"])),
            open(text::sheet_item_nursing_leave(), First(&["kangokyukastkjissekiumu_n"])),
            open(text::sheet_item_foreign_staff(), First(&["gkjnkoyojisseki_n", "gkjnkoyojisseki"])),
        ],
    ),
    section(
        "selection",
        text::sheet_section_selection(),
        &[
            open(text::sheet_item_openings(), Counted(made::people, &["saiyoninzu_n"])),
            open(text::sheet_item_reason(), All(&["boshury_n", "snta_boshury"])),
            open(text::sheet_item_selection_method(), Composed(made::selection_method)),
            open(text::sheet_item_result_timing(), First(&["selectkekkatsuch"])),
            open(text::sheet_item_result_period(), All(&["shoruiselectkekka", "mensetsuselectkekka"])),
            open(text::sheet_item_result_way(), First(&["ksshenotsuchihoho"])),
            open(text::sheet_item_selection_time(), First(&["selectnichijito"])),
            named(text::sheet_item_selection_postal_code(), First(&["selectbsyubinno"])),
            named(text::sheet_item_selection_address(), First(&["selectbsjusho"])),
            named(text::sheet_item_selection_station(), All(&["selectbsmyoreki", "selectbsmyorekikotsushudan", "selectbsshyojn"])),
            open(text::sheet_item_documents(), Composed(made::documents)),
            open(text::sheet_item_documents_way(), All(&["oboshoruinosofuhoho", "sntanosofuhoho"])),
            named(text::sheet_item_documents_postal_code(), First(&["yusonosofubsyubinno"])),
            named(text::sheet_item_documents_address(), First(&["yusonosofubsjusho"])),
            open(text::sheet_item_documents_return(), First(&["obohen"])),
            open(text::sheet_item_selection_remarks(), First(&["selecttkjk"])),
            named(text::sheet_item_contact_department(), First(&["ttsykm"])),
            named(text::sheet_item_contact_kana(), First(&["ttsttskana"])),
            named(text::sheet_item_contact(), First(&["ttstts"])),
            named(text::sheet_item_telephone(), First(&["snktts_tel"])),
            named(text::sheet_item_fax(), First(&["snktts_fax"])),
            named(text::sheet_item_mail(), First(&["snktts_mail"])),
        ],
    ),
    section(
        "remarks",
        text::sheet_section_remarks(),
        &[
            open(text::sheet_item_remarks(), First(&["kjjknktkjk"])),
            open(text::sheet_item_pay_by_job(), First(&["shokumukyusd"])),
            open(text::sheet_item_reinstatement(), All(&["fukushokusd_umu_n", "fukushokusdnony"])),
            open(text::sheet_item_welfare(), First(&["fukurikoseinony"])),
            open(text::sheet_item_training(), All(&["knssdny", "knssdnossinigainoriyo"])),
            open(text::sheet_item_balance(), First(&["rrtshienny"])),
            open(text::sheet_item_message(), First(&["jgshkaranomsg"])),
        ],
    ),
    section(
        "barrier-free",
        text::sheet_section_barrier_free(),
        &[
            open(text::sheet_item_elevator(), Composed(made::elevator)),
            open(text::sheet_item_braille(), Composed(made::braille)),
            open(text::sheet_item_handrails(), Composed(made::handrails)),
            open(text::sheet_item_wheelchair(), Composed(made::wheelchair)),
            open(text::sheet_item_toilet(), Composed(made::accessible_toilet)),
            open(text::sheet_item_rest_room(), Composed(made::rest_room)),
            open(text::sheet_item_job_coach(), Composed(made::job_coach)),
            open(text::sheet_item_other_barrier_free(), Composed(made::other_barrier_free)),
        ],
    ),
];
