//! The items of a record that deriving reads, looked up once. Names are FEED.md's; those marked [3] are what public clients of the
//! feed have seen beside them; for those marked [own] no name is known, they are called as the public page of a posting calls its parts.

use super::settings::BarrierFreeTags;
use crate::postings::facts::Flag;
use crate::postings::record::Record;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Finds a field in the struct.
type Field = for<'b, 'a> fn(&'b mut Items<'a>) -> &'b mut &'a str;

/// Makes the struct with a text for every named item, and the look-up of a field by its tag.
macro_rules! items {
    ($($(#[doc = $doc:literal])* $tag:ident),+ $(,)?) => {
        /// The texts of the known items, trimmed; empty where absent, empty or 「未選択」. Of an item that came twice the first one
        /// that says anything counts.
        #[derive(Debug, Default)]
        pub(super) struct Items<'a> {
            $($(#[doc = $doc])* pub(super) $tag: &'a str,)+
            /// 派遣・請負等, `hakenukeoitoshgkeitai…`.
            pub(super) dispatch: &'a str,
            /// 入居可能住宅, `nyukyo…` or `nkj…`.
            pub(super) housing: &'a str,
            /// The barrier-free facts by configured tags.
            pub(super) barrier_free: Vec<(Flag, &'a str)>,
        }

        /// The fields by their tags. A `match` would compare a tag with each of them, which was an eighth of the time that deriving takes
        /// (*measured*).
        static FIELDS: LazyLock<HashMap<&'static str, Field>> =
            LazyLock::new(|| HashMap::from([$((stringify!($tag), (|items| &mut items.$tag) as Field)),+]));

        impl<'a> Items<'a> {
            /// The field of a known item.
            fn field(&mut self, tag: &str) -> Option<&mut &'a str> {
                match FIELDS.get(tag) {
                    Some(field) => Some(field(self)),
                    _ if tag.starts_with("hakenukeoitoshgkeitai") => Some(&mut self.dispatch),
                    _ if tag.starts_with("nyukyo") || tag.starts_with("nkj") => Some(&mut self.housing),
                    _ => None,
                }
            }
        }
    };
}

items! {
    // Head.
    kjno, uktkymd_seireki, uktkymd_wareki, kjyukoymd, shokaikigenymd, kjkbn1_c, kjkbn1_n, kjkbn2_c, kjkbn2_n, kokaikibo,
    sgsyakbn_c, sgsyakbn_n, srkzksien_agtjigyo_c, srkzksien_agtjigyo_n, trialkoyoheiyo_kibo_c, trialkoyoheiyo_kibo_n,
    onlinejishuobo_uktkkahi_c, onlinejishuobo_uktkkahi_n, sngbrui_c, sngbrui_dai_c, sngbrui_n, skgybrui1_c,
    // Establishment.
    jgshno, jgshmei, jgshmeikana, jgshjusho_n, jgshszci, jigyony, kaishatokucho, kaishatocho, jgis_kigyozentai_n,
    // Work.
    sksu, shigoto_ny, koyokeitai_n, koyokikan, koyokikan_sadame_n, ssintoyo_umu_n, sykknchu_rodojoken,
    shgbsjusho1_n, shgbsjusho, shgbs_myre, shgbs_myremjr, shgbs_jgshmade_kotsushudan_n, shgbs_jgshmade_shoyojn,
    okni_jdktentisk_n, shgbs_okni_jdktentisk_n, mycartsknkahi_n, tenkin_knsi_n, tenkin_hani, ztkkimmu_n,
    nenreisegn_n, nenreisegn, nenreisegnari_kagen, nenreisegnari_jgn, grki, hynakiknt, hynapcskill,
    menkyo_skku1_n, menkyo_skku2_n, menkyo_skku3_n, menkyo_skkuyohi1_n, menkyo_skkuyohi2_n, menkyo_skkuyohi3_n, hynamenkyo_snta,
    // Wage. `sikg_aplusb…`, the parts of `tgktat…` and `ktizangydi…`, `ktizangydaitkjk`: [3].
    chgnkeitai_n, chgnkeitai, chgnkeitai_kagen, chgnkeitai_jgn, sikg_aplusbkagen, sikg_aplusbjgn, khkykagen, khkyjgn, khky,
    tgktat1, tgktat1_mei, tgktat1_kagen, tgktat1_jgn, tgktat2, tgktat2_mei, tgktat2_kagen, tgktat2_jgn,
    tgktat3, tgktat3_mei, tgktat3_kagen, tgktat3_jgn, tgktat4, tgktat4_mei, tgktat4_kagen, tgktat4_jgn,
    ktizangydi, ktizangydi_kagen, ktizangydi_jgn, ktizangydaitkjk,
    shoyoumu_n, shoyo, shkyumu_n, shkyrt, thkinrodonissu_n, thkinrodonissu,
    // Hours and days off. `shgjn…_open`, `_close`: [3].
    shgjn, shgjn1_open_close, shgjn2_open_close, shgjn3_open_close, shgjn1_open, shgjn1_close, shgjn2_open, shgjn2_close,
    shgjn3_open, shgjn3_close, shgjn_tkjk, kyukeijn_n, jkgi_umu_n, jkgi_thkinjn_ji_n,
    kyjs, kyjs_mon, kyjs_tue, kyjs_wed, kyjs_thu, kyjs_fri, kyjs_sat, kyjs_sun, kyjs_holiday, kyjstosnta, sk2sei_n, nenkankjsu_n,
    // What the feed's names are not known for: [own].
    koyokikankeiyakuksnnoknsi, koyokeitaissinigainomeisho, uijturnkange_n, shgjnkeitai_n, henkeirdtani, henkeirdtani_n, shgjnor,
    tskkyosai_n, tskinksi, tnsei_n, shgbstkjk, jgshkaranomsg, fukurikoseinony, knssdny, sntatatfukijk, tkjshsttkjk,
    // Other conditions. `tiskkin_…`: [3].
    knyhkn, knyhkn_koyo, knyhkn_rosai, knyhkn_kenko, knyhkn_kosei, knyhkn_komu, knyhkn_zaikei,
    tskknseido_n, tiskkin_seido, tiskkin_kysi_n, tkjshsetu_n, tnnenrei, saikoyo,
    // Selection. `snkhoho_…_c`: [3].
    boshury_n, snkhoho, snkhoho_shrisnko_c, snkhoho_mensetsu_c, kjjknktkjk,
}

impl<'a> Items<'a> {
    /// The items of a record.
    pub(super) fn of(record: &'a Record, barrier_free: &BarrierFreeTags) -> Self {
        let mut items = Self::default();
        for (tag, text) in record.items() {
            let text = text.trim();
            if text.is_empty() || text == "未選択" {
                continue;
            }
            match items.field(tag) {
                Some(field) if field.is_empty() => *field = text,
                Some(_) => {}
                None => items.barrier_free.extend(barrier_free.flag(tag).map(|flag| (flag, text))),
            }
        }
        items
    }
}

/// The first of two texts that states anything.
pub(super) const fn first_of<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.is_empty() { b } else { a }
}
