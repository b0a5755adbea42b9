//! What a search answers: the same shape for the page, the JSON interface and the copy kept on the phone.

use super::query::{BadCondition, SearchQuery};
use crate::date::Date;
use crate::postings::facts::{EmploymentForm, Flags, Kind, WorkTime};
use crate::postings::number::PostingNumber;
use crate::postings::wage::Wage;
use serde::{Deserialize, Serialize};

/// A page of results. JSON of `GET /api/postings/search`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The search that was run: its canonical query string.
    pub query: SearchQuery,
    /// Exactly how many postings fit.
    pub total: u32,
    /// The page's rows.
    pub postings: Vec<ResultRow>,
    /// How many postings each choice would give, other conditions kept.
    pub facets: Facets,
    /// With no result: conditions worth dropping, the most helpful first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxations: Vec<Relaxation>,
    /// Conditions that were not understood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bad: Vec<BadCondition>,
    /// The day the answer is true for; what an offline copy calls "as of".
    pub today: Date,
    /// Whether the phone kept it for reading without a network (`frontend/sw.js`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_kept: bool,
}

/// A condition whose removal gives results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    /// URL name of the condition.
    pub name: String,
    /// Its value; of several words the one to drop.
    pub value: String,
    /// How many postings the search gives without it.
    pub total: u32,
    /// The search without it.
    pub instead: SearchQuery,
}

/// Counts next to the choices, each without its own condition; a choice that is not listed has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// By code of kind.
    pub kind: Vec<(String, u32)>,
    /// By JIS code of prefecture.
    pub pref: Vec<(String, u32)>,
    /// By group of the occupation picker.
    pub occ: Vec<(String, u32)>,
    /// By code of employment form.
    pub form: Vec<(String, u32)>,
    /// By flag code: self-application, reserved, and the barrier-free facts.
    pub must: Vec<(String, u32)>,
}

/// A posting in the list: what the official list row shows. Publishing scope is already applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// 求人番号.
    pub number: PostingNumber,
    /// 職種.
    pub title: String,
    /// 事業所名, if the viewer may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 求人区分.
    pub kind: Kind,
    /// フルタイム / パート.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_time: Option<WorkTime>,
    /// 雇用形態.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<EmploymentForm>,
    /// 就業場所, prefecture and municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// 最寄り駅.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// 賃金.
    pub wage: Wage,
    /// 就業時間, lines as on the sheet.
    pub hours: Vec<String>,
    /// 休日, as on the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_off: Option<String>,
    /// 年間休日数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_off_year: Option<u16>,
    /// 仕事内容, its beginning (hard wraps joined), at most 120 characters.
    pub description: String,
    /// Everything that is simply so.
    pub flags: Flags,
    /// 受付年月日.
    pub received_on: Date,
    /// The last day on which one can apply.
    pub deadline: Date,
    /// Whether the posting is closed (gone from the feed, stopped, or past its deadline).
    pub closed: bool,
}
