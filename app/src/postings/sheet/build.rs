//! Record → sheet: applies the publishing scope, leaves out what is empty or 「未選択」, and joins hard-wrapped lines.

use super::items::{ItemRule, SECTIONS, SectionRule, Source};
use super::{Item, Section, Sheet, made};
use crate::date::Date;
use crate::postings::Viewer;
use crate::postings::facts::{Flag, PublishingScope};
use crate::postings::feed::wraps::join_wraps;
use crate::postings::mask::Mask;
use crate::postings::posting::Listing;
use crate::postings::record::Record;
use crate::postings::search::ResultRow;
use crate::postings::wording;
use crate::text;

/// The facts that are shown as tags under the title, the most asked for first [own].
const TAGS: &[Flag] = &[
    Flag::Reserved,
    Flag::SelfApplication,
    Flag::Wheelchair,
    Flag::Elevator,
    Flag::AccessibleToilet,
    Flag::JobCoach,
    Flag::Remote,
    Flag::NoExperience,
    Flag::NoEducation,
    Flag::NoOvertime,
    Flag::TwoDaysEveryWeek,
    Flag::NearStation,
    Flag::Car,
    Flag::NoTransfer,
    Flag::Housing,
    Flag::Childcare,
    Flag::Trial,
];

/// What the items of a sheet are made from, and what the viewer may see of it.
pub(super) struct Draft<'a> {
    record: &'a Record,
    mask: Mask,
    /// The posting as lists show it to this viewer.
    pub(super) row: &'a ResultRow,
    /// 公開範囲.
    pub(super) scope: PublishingScope,
    /// Whether the viewer may see name and contact.
    pub(super) named: bool,
}

/// The sheet of a posting as `viewer` may see it on `today`; `None` for a posting that is not published. `closed` says whether the
/// posting was closed before its deadline.
#[must_use]
pub fn build(listing: Listing, record: &Record, closed: bool, viewer: Viewer, today: Date) -> Option<Sheet> {
    let scope = listing.scope;
    if scope == PublishingScope::Unpublished {
        return None;
    }
    let mut row = listing.shown_to(viewer, today);
    row.closed |= closed;
    let named = viewer.sees_name(scope);
    let mask = if named { Mask::default() } else { Mask::of(record) };
    let draft = Draft { record, mask, row: &row, scope, named };
    let (title, place) = (draft.title(), row.place.as_deref().map(|place| draft.clean(place)));
    let (summary, sections) = (draft.summary(), draft.sections());
    let tags = TAGS.iter().filter(|flag| row.flags.has(**flag)).map(|flag| wording::flag(*flag).to_owned()).collect();
    let ResultRow { number, name, kind, work_time, flags, wage, received_on, deadline, closed, .. } = row;
    Some(Sheet {
        number,
        title,
        name,
        kind,
        work_time,
        place,
        flags,
        tags,
        wage,
        received_on,
        deadline,
        closed,
        today,
        changed_at: 0,
        summary,
        sections,
        ways: Vec::new(),
    })
}

impl Draft<'_> {
    /// Whether the posting says that this is so.
    pub(super) fn has(&self, flag: Flag) -> bool {
        self.row.flags.has(flag)
    }

    /// A text as this viewer may read it.
    pub(super) fn clean(&self, text: &str) -> String {
        self.mask.cover(text)
    }

    /// 職種.
    pub(super) fn title(&self) -> String {
        self.clean(&self.row.title)
    }

    /// The lines of the first of these items that holds something.
    pub(super) fn first(&self, tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| self.lines(tag)).find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    /// An item in one line; `None` where nothing is stated.
    pub(super) fn joined(&self, tag: &str) -> Option<String> {
        let lines = self.lines(tag);
        (!lines.is_empty()).then(|| lines.join("　"))
    }

    fn lines(&self, tag: &str) -> Vec<String> {
        let Some(text) = self.record.get(tag) else { return Vec::new() };
        let text = self.clean(&join_wraps(text));
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != text::sheet_not_chosen());
        lines.map(str::to_owned).collect()
    }

    fn sections(&self) -> Vec<Section> {
        SECTIONS.iter().map(|rule| self.section(rule)).filter(|section| !section.items.is_empty()).collect()
    }

    fn section(&self, rule: &SectionRule) -> Section {
        let items = rule.items.iter().filter_map(|rule| self.item(rule)).collect();
        Section { anchor: rule.anchor.to_owned(), heading: rule.heading.to_owned(), items }
    }

    fn item(&self, rule: &ItemRule) -> Option<Item> {
        if rule.named_only && !self.named {
            return None;
        }
        let lines = match rule.source {
            Source::First(tags) => self.first(tags),
            Source::All(tags) => self.all(tags),
            Source::Counted(unit, tags) => self.first(tags).iter().map(|line| made::counted(line, unit)).collect(),
            Source::Made(make) => make(self),
        };
        item(rule.label, lines)
    }

    /// The lines of all these items; what two of them say alike stands once.
    fn all(&self, tags: &[&str]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for line in tags.iter().flat_map(|tag| self.lines(tag)) {
            if !all.contains(&line) {
                all.push(line);
            }
        }
        all
    }

    /// Where, in what form, when, and what makes the place reachable.
    fn summary(&self) -> Vec<Item> {
        let station = self.row.station.iter().map(|station| self.clean(station));
        let place = self.row.place.iter().map(|place| self.clean(place)).chain(station).collect();
        let hours = self.row.hours.iter().map(|line| self.clean(line)).collect();
        let year = self.row.days_off_year.map(text::sheet_days_off_year);
        let days_off = self.row.days_off.iter().map(|line| self.clean(line)).chain(year).collect();
        let reachable = Flag::BARRIER_FREE.iter().filter(|flag| self.has(**flag));
        let reachable: Vec<_> = reachable.map(|flag| wording::flag(*flag)).collect();
        let parts = [
            (text::sheet_summary_place(), place),
            (text::sheet_item_form(), made::form(self)),
            (text::sheet_item_hours(), hours),
            (text::sheet_item_days_off(), days_off),
            (text::sheet_section_barrier_free(), made::one(reachable.join(text::sheet_between()))),
        ];
        parts.into_iter().filter_map(|(label, lines)| item(label, lines)).collect()
    }
}

fn item(label: &str, lines: Vec<String>) -> Option<Item> {
    (!lines.is_empty()).then(|| Item { label: label.to_owned(), lines })
}

#[cfg(test)]
#[path = "build_tests.rs"]
pub(super) mod tests;
