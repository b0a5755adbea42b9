//! A posting as typed facts, derived from its record; search index, SQL columns and pages are made from it.

use super::Viewer;
use super::facts::{EmploymentForm, Flags, Kind, PublishingScope, WorkTime};
use super::number::{EstablishmentNumber, PostingNumber};
use super::search::ResultRow;
use super::wage::Wage;
use crate::date::Date;
use crate::occupations::PickerItemId;
use serde::{Deserialize, Serialize};

/// Everything typed about one posting. Texts are as read (full width kept), with hard wraps joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// 求人番号.
    pub number: PostingNumber,
    /// 求人区分.
    pub kind: Kind,
    /// フルタイム / パート, where stated.
    pub work_time: Option<WorkTime>,
    /// 公開範囲; absent in the feed means [`PublishingScope::Everyone`].
    pub scope: PublishingScope,
    /// 受付年月日.
    pub received_on: Date,
    /// 紹介期限日, else 有効期限: the last day on which one can apply.
    pub deadline: Date,
    /// 事業所番号, where given.
    pub establishment_number: Option<EstablishmentNumber>,
    /// 雇用形態.
    pub form: Option<EmploymentForm>,
    /// JIS code of the workplace's prefecture, 1–47; from the workplace address, else the establishment's.
    pub prefecture: Option<u8>,
    /// JIS code of the workplace's municipality, five digits as a number.
    pub municipality: Option<u32>,
    /// Middle class of the Ministry's occupational classification 2022, 1–99.
    pub occupation: Option<u8>,
    /// The items of the search form's occupation picker that the posting belongs to.
    pub picker_items: Vec<PickerItemId>,
    /// Major class of the industry classification, `A`–`T`.
    pub industry_major: Option<char>,
    /// Middle class of the industry classification, 1–99.
    pub industry_middle: Option<u8>,
    /// Everything that is simply so.
    pub flags: Flags,
    /// 賃金.
    pub wage: Wage,
    /// 年間休日数, days.
    pub days_off: Option<u16>,
    /// 月平均時間外, hours; 0 where there is none.
    pub overtime: Option<u16>,
    /// Start and end of the stated working times, minutes since midnight; an end past midnight is above 1440.
    pub hours: Vec<(u16, u16)>,
    /// Youngest and oldest age accepted, where limited.
    pub ages: (Option<u8>, Option<u8>),
    /// 従業員数 of the whole enterprise.
    pub staff: Option<u32>,
    /// 職種.
    pub title: String,
    /// 事業所名. Who may see it: [`PublishingScope`].
    pub name: String,
    /// 事業所名カナ. As `name`.
    pub name_kana: String,
    /// 仕事内容.
    pub description: String,
    /// 最寄り駅: line and station, with the way from there where stated.
    pub station: Option<String>,
    /// Licences and qualifications asked for, one a line.
    pub licences: String,
    /// The other texts that the free word looks through (place, experience, remarks …), one a line; never station, licences, name or contact.
    pub other_texts: String,
}

/// A posting as lists show it, and who may see what of it. Kept as JSON beside the posting and in the search index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// 公開範囲.
    pub scope: PublishingScope,
    /// The row with everything in it; `closed` says only whether the posting was closed when this was written.
    pub row: ResultRow,
}

impl Listing {
    /// The row for this viewer and day: the name only where the scope lets it be seen, closed if the deadline has passed.
    #[must_use]
    pub fn shown_to(self, viewer: Viewer, today: Date) -> ResultRow {
        let Self { scope, mut row } = self;
        if !viewer.sees_name(scope) {
            row.name = None;
        }
        row.closed |= row.deadline < today;
        row
    }
}
