//! What an operator sets about the feed.

use crate::postings::facts::Flag;
use std::fmt;
use std::str::FromStr;

/// How the feed is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedSettings {
    /// Which items carry the barrier-free facts.
    pub barrier_free: BarrierFreeTags,
}

/// The tags of the items that carry the barrier-free facts. The feed's own are not publicly known (FEED.md), so they are configured
/// as `elevator=tag,braille=tag,…` by the codes of [`Flag::BARRIER_FREE`]; the tags of this service's own postings always count too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarrierFreeTags(Vec<(Flag, String)>);

/// The tags in this service's own postings [own].
const OWN_TAGS: [(Flag, &str); 8] = [
    (Flag::Elevator, "bf_elevator"),
    (Flag::Braille, "bf_braille"),
    (Flag::Handrails, "bf_handrails"),
    (Flag::Wheelchair, "bf_wheelchair"),
    (Flag::AccessibleToilet, "bf_toilet"),
    (Flag::RestRoom, "bf_restroom"),
    (Flag::JobCoach, "bf_jobcoach"),
    (Flag::OtherBarrierFree, "bf_other"),
];

/// The part of a setting that is not `fact=tag` with a known fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATag(pub String);

impl BarrierFreeTags {
    /// The fact that an item with this tag states.
    #[must_use]
    pub fn flag(&self, tag: &str) -> Option<Flag> {
        self.0.iter().find(|(_, known)| known == tag).map(|(flag, _)| *flag)
    }

    /// Every fact with its tags, in the order of the posting sheet, those of own postings first.
    pub fn iter(&self) -> impl Iterator<Item = (Flag, &str)> {
        self.0.iter().map(|(flag, tag)| (*flag, tag.as_str()))
    }
}

impl Default for BarrierFreeTags {
    fn default() -> Self {
        Self(OWN_TAGS.iter().map(|(flag, tag)| (*flag, (*tag).to_owned())).collect())
    }
}

impl FromStr for BarrierFreeTags {
    type Err = NotATag;

    fn from_str(text: &str) -> Result<Self, NotATag> {
        let mut tags = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let bad = || NotATag(part.to_owned());
            let (fact, tag) = part.split_once('=').ok_or_else(bad)?;
            let flag = Flag::from_code(fact.trim()).filter(|flag| Flag::BARRIER_FREE.contains(flag)).ok_or_else(bad)?;
            let tag = tag.trim();
            let is_tag = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/'));
            if !is_tag || tags.flag(tag).is_some_and(|other| other != flag) {
                return Err(bad());
            }
            tags.0.push((flag, tag.to_owned()));
        }
        tags.0.sort_by_key(|(flag, _)| *flag);
        Ok(tags)
    }
}

impl fmt::Display for NotATag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not FACT=TAG; the facts are", self.0)?;
        Flag::BARRIER_FREE.iter().try_for_each(|flag| write!(f, " {}", flag.code()))
    }
}

impl std::error::Error for NotATag {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configured_tags_count_beside_those_of_own_postings() {
        let tags: BarrierFreeTags = " elevator=kj_ev_n, toilet=kj_wc_n ".parse().expect("two facts");
        assert_eq!(tags.flag("kj_ev_n"), Some(Flag::Elevator));
        assert_eq!(tags.flag("bf_elevator"), Some(Flag::Elevator));
        assert_eq!(tags.flag("kj_wc_n"), Some(Flag::AccessibleToilet));
        assert_eq!(tags.flag("kjno"), None);
        assert_eq!("".parse(), Ok(BarrierFreeTags::default()));
        assert_eq!(BarrierFreeTags::default().iter().map(|(flag, _)| flag).collect::<Vec<_>>(), Flag::BARRIER_FREE);
    }

    #[test]
    fn a_fact_that_is_not_barrier_free_or_a_tag_for_two_facts_is_refused() {
        for bad in ["lift=x", "remote=ztkkimmu_n", "elevator", "elevator=", "elevator=a b", "elevator=x,toilet=x"] {
            assert!(bad.parse::<BarrierFreeTags>().is_err(), "{bad}");
        }
    }
}
