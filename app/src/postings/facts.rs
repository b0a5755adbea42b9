//! The typed facts of a posting that search and pages share. Codes and names as in FEED.md; what is our own reading is marked [own].

use serde::{Deserialize, Serialize};

/// An enum of codes: its members, the code used in URLs and SQL, and reading it back.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// All members, in the order of the screen.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in URLs, JSON and SQL.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The member with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes! {
    /// 求人区分, item `kjkbn1`.
    Kind {
        /// 一般
        General = "1",
        /// 新卒・既卒
        Graduates = "2",
        /// 季節
        Seasonal = "3",
        /// 出稼ぎ
        Migrant = "4",
        /// 障害者のための求人
        Disabled = "5",
    }
}

codes! {
    /// フルタイム or パート, item `kjkbn2`.
    WorkTime {
        /// フルタイム
        Full = "full",
        /// パート
        Part = "part",
    }
}

codes! {
    /// 雇用形態, item `koyokeitai`.
    EmploymentForm {
        /// 正社員
        Regular = "regular",
        /// 正社員以外
        NonRegular = "other",
        /// 無期雇用派遣労働者
        PermanentDispatch = "dispatch-permanent",
        /// 有期雇用派遣労働者
        FixedTermDispatch = "dispatch-fixed",
        /// パート労働者
        PartTimer = "part",
    }
}

codes! {
    /// 公開範囲, item `kokaikibo` (DOMAIN.md "Employer side" [O]).
    PublishingScope {
        /// 1: with name, to everyone.
        Everyone = "1",
        /// 2: with name to registered seekers only.
        RegisteredSeekers = "2",
        /// 3: without name and contact.
        WithoutName = "3",
        /// 4: not published; appears nowhere.
        Unpublished = "4",
    }
}

codes! {
    /// 賃金形態, item `chgnkeitai`.
    WageForm {
        /// 月給
        Monthly = "monthly",
        /// 日給
        Daily = "daily",
        /// 時給
        Hourly = "hourly",
        /// 年俸
        Annual = "annual",
        /// その他
        Other = "other",
    }
}

codes! {
    /// Everything about a posting that is simply so or not known to be so; each can be a search condition.
    /// A flag is set only where the posting says so: what is not stated is never counted as fulfilled.
    Flag {
        /// 障害者専用求人, `sgsyakbn`.
        Reserved = "reserved",
        /// オンライン自主応募を受け付ける, `onlinejishuobo_uktkkahi`.
        SelfApplication = "self",
        /// エレベーター
        Elevator = "elevator",
        /// 点字
        Braille = "braille",
        /// 手すり
        Handrails = "handrails",
        /// 建物内の車いす移動
        Wheelchair = "wheelchair",
        /// 障害者用トイレ
        AccessibleToilet = "toilet",
        /// 休憩室
        RestRoom = "rest-room",
        /// 企業内ジョブコーチ
        JobCoach = "job-coach",
        /// その他の配慮
        OtherBarrierFree = "other-barrier-free",
        /// 学歴不問
        NoEducation = "no-education",
        /// 経験不問
        NoExperience = "no-experience",
        /// 免許・資格不問
        NoLicence = "no-licence",
        /// 年齢不問
        AnyAge = "any-age",
        /// 普通自動車運転免許を求める
        DrivingLicence = "driving-licence",
        /// 在宅勤務あり
        Remote = "remote",
        /// マイカー通勤可
        Car = "car",
        /// 転勤の可能性なし
        NoTransfer = "no-transfer",
        /// 最寄り駅から徒歩10分以内
        NearStation = "near-station",
        /// 受動喫煙対策あり(屋内禁煙)
        NonSmoking = "non-smoking",
        /// 派遣・請負 (the establishment dispatches or subcontracts)
        Dispatch = "dispatch",
        /// 請負
        Contract = "contract",
        /// 賞与あり
        Bonus = "bonus",
        /// 昇給あり
        Raise = "raise",
        /// 交替制(シフト制)
        Shift = "shift",
        /// フレックスタイム・変形労働時間制・裁量労働制
        FlexibleHours = "flexible-hours",
        /// 時間外労働なし
        NoOvertime = "no-overtime",
        /// 月曜が休み
        OffMonday = "off-mon",
        /// 火曜が休み
        OffTuesday = "off-tue",
        /// 水曜が休み
        OffWednesday = "off-wed",
        /// 木曜が休み
        OffThursday = "off-thu",
        /// 金曜が休み
        OffFriday = "off-fri",
        /// 土曜が休み
        OffSaturday = "off-sat",
        /// 日曜が休み
        OffSunday = "off-sun",
        /// 祝日が休み
        OffHolidays = "off-holiday",
        /// 完全週休二日(毎週)
        TwoDaysEveryWeek = "two-days",
        /// 雇用保険
        EmploymentInsurance = "ins-employment",
        /// 労災保険
        AccidentInsurance = "ins-accident",
        /// 公務災害補償
        PublicAccident = "ins-public-accident",
        /// 健康保険
        HealthInsurance = "ins-health",
        /// 厚生年金
        PensionInsurance = "ins-pension",
        /// 財形
        PropertyFormation = "ins-savings",
        /// 退職金共済
        RetirementMutualAid = "retirement-aid",
        /// 退職金制度
        RetirementPay = "retirement-pay",
        /// 雇用期間の定めなし
        Permanent = "permanent",
        /// 契約更新の可能性あり
        Renewal = "renewal",
        /// 定年制なし
        NoRetirementAge = "no-retirement-age",
        /// 再雇用制度あり
        Reemployment = "reemployment",
        /// 入居可能住宅あり
        Housing = "housing",
        /// 利用可能託児施設あり
        Childcare = "childcare",
        /// 書類選考なし
        NoDocumentScreening = "no-document-screening",
        /// 正社員登用あり
        Promotion = "promotion",
        /// トライアル雇用併用
        Trial = "trial",
        /// 固定残業代あり
        FixedOvertime = "fixed-overtime",
        /// UIJターン歓迎
        UTurn = "u-turn",
    }
}

impl Flag {
    /// The barrier-free facts, in the order of the posting sheet (DOMAIN.md).
    pub const BARRIER_FREE: &'static [Self] = &[
        Self::Elevator,
        Self::Braille,
        Self::Handrails,
        Self::Wheelchair,
        Self::AccessibleToilet,
        Self::RestRoom,
        Self::JobCoach,
        Self::OtherBarrierFree,
    ];
}

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Flags(u64);

impl Flags {
    /// The set with `flag` added.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }

    /// Adds `flag` if `holds`.
    pub const fn set(&mut self, flag: Flag, holds: bool) {
        if holds {
            self.0 |= 1 << flag as u8;
        }
    }

    /// Whether `flag` is in the set.
    #[must_use]
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u8) != 0
    }

    /// The members, in the order of the screen.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |flag| self.has(*flag))
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        flags.into_iter().fold(Self::default(), Self::with)
    }
}

const _: () = assert!(Flag::ALL.len() <= 64, "a set of flags is one 64-bit word");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_its_member() {
        for flag in Flag::ALL {
            assert_eq!(Flag::from_code(flag.code()), Some(*flag));
        }
        assert_eq!(Flag::from_code("nonsense"), None);
        let flags: Flags = [Flag::Remote, Flag::Reserved].into_iter().collect();
        assert_eq!(flags.iter().collect::<Vec<_>>(), [Flag::Reserved, Flag::Remote]);
    }
}
