//! The word tables of `app/data/demo/`: what kinds of employers there are, what jobs they offer, and in which sentences.

use std::sync::LazyLock;

/// When a job is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Office,
    Day,
    Shift,
    Night,
    Early,
    Evening,
    Free,
}

/// A job that employers offer.
#[derive(Debug)]
pub(super) struct Job {
    pub key: &'static str,
    /// Class of the Ministry's occupational classification: `050-01`.
    pub class: &'static str,
    /// Yen an hour, lowest and highest, at the country's middle level.
    pub wage: (u32, u32),
    pub shape: Shape,
    /// Weights of the five employment forms, in the order of `EmploymentForm::ALL`.
    pub forms: [u32; 5],
    pub titles: Vec<&'static str>,
    /// Sentences, each with the titles it goes with: a bit a title.
    pub sentences: Vec<(u32, &'static str)>,
    pub tools: Vec<&'static str>,
    /// Licences and whether they are required.
    pub licences: Vec<(&'static str, bool)>,
}

/// A kind of employer.
#[derive(Debug)]
pub(super) struct Trade {
    pub key: &'static str,
    pub weight: u32,
    pub staff: (u32, u32),
    /// Middle classes of the industry classification.
    pub industries: Vec<u8>,
    /// Last parts of names, with their readings.
    pub endings: Vec<(&'static str, &'static str)>,
    pub legal: Vec<&'static str>,
    pub business: Vec<&'static str>,
    pub strengths: Vec<&'static str>,
    /// Its jobs with their weights.
    pub jobs: Vec<(&'static Job, u32)>,
}

/// Sentences that any posting may carry, a list a section of `phrases.txt`.
pub(super) struct Phrases {
    pub open: Vec<&'static str>,
    pub team: Vec<&'static str>,
    pub note: Vec<&'static str>,
    pub change: Vec<&'static str>,
    pub remark: Vec<&'static str>,
    pub disability: Vec<&'static str>,
    pub hours: Vec<&'static str>,
    pub holidays: Vec<&'static str>,
    pub experience: Vec<&'static str>,
    pub pc: Vec<&'static str>,
}

const JOB_TEXTS: [&str; 2] = [include_str!("../../../data/demo/jobs_people.txt"), include_str!("../../../data/demo/jobs_hands.txt")];
const TRADE_TEXT: &str = include_str!("../../../data/demo/trades.txt");
const PHRASE_TEXT: &str = include_str!("../../../data/demo/phrases.txt");
const WHOLE: &str = "the word tables are part of the program and read whole by its tests";

pub(super) static JOBS: LazyLock<Vec<Job>> =
    LazyLock::new(|| JOB_TEXTS.iter().flat_map(|text| blocks(text)).map(|(head, lines)| job(head, &lines).expect(WHOLE)).collect());

pub(super) static TRADES: LazyLock<Vec<Trade>> =
    LazyLock::new(|| blocks(TRADE_TEXT).into_iter().map(|(head, lines)| trade(head, &lines).expect(WHOLE)).collect());

pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let blocks = blocks(PHRASE_TEXT);
    let section = |name: &str| blocks.iter().find(|(head, _)| *head == name).map(|(_, lines)| lines.clone()).expect(WHOLE);
    Phrases {
        open: section("open"),
        team: section("team"),
        note: section("note"),
        change: section("change"),
        remark: section("remark"),
        disability: section("disability"),
        hours: section("hours"),
        holidays: section("holidays"),
        experience: section("experience"),
        pc: section("pc"),
    }
});

/// The blocks of a table: the line after `= `, and the lines up to the next one.
fn blocks(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match (line.strip_prefix("= "), blocks.last_mut()) {
            (Some(head), _) => blocks.push((head, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    blocks
}

/// The rests of the lines that begin with this letter.
fn lines_of(lines: &[&'static str], letter: char) -> Vec<&'static str> {
    lines.iter().filter_map(|line| line.strip_prefix(letter)?.strip_prefix(' ')).collect()
}

fn job(head: &'static str, lines: &[&'static str]) -> Option<Job> {
    let mut words = head.split(' ');
    let (key, class) = (words.next()?, words.next()?);
    let wage = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let shape = shape(words.next()?)?;
    let forms: Vec<u32> = words.next()?.split(',').filter_map(|weight| weight.parse().ok()).collect();
    let licences = lines_of(lines, 'l').into_iter().map(|name| name.strip_prefix('!').map_or((name, false), |name| (name, true)));
    Some(Job {
        key,
        class,
        wage,
        shape,
        forms: forms.try_into().ok()?,
        titles: lines_of(lines, 't'),
        sentences: lines.iter().filter_map(|line| sentence(line.strip_prefix('d')?)).collect(),
        tools: lines_of(lines, 'g').into_iter().flat_map(|line| line.split('、')).collect(),
        licences: licences.collect(),
    })
}

/// A sentence and the titles it goes with: `12 …` those of the first and second, ` …` those of all.
fn sentence(line: &'static str) -> Option<(u32, &'static str)> {
    let (titles, text) = line.split_once(' ')?;
    let bits = titles.chars().filter_map(|title| title.to_digit(10)?.checked_sub(1)).fold(0, |bits, title| bits | 1 << title);
    Some((if bits == 0 { u32::MAX } else { bits }, text))
}

fn shape(name: &str) -> Option<Shape> {
    Some(match name {
        "office" => Shape::Office,
        "day" => Shape::Day,
        "shift" => Shape::Shift,
        "night" => Shape::Night,
        "early" => Shape::Early,
        "evening" => Shape::Evening,
        "free" => Shape::Free,
        _ => return None,
    })
}

fn trade(head: &'static str, lines: &[&'static str]) -> Option<Trade> {
    let mut words = head.split(' ');
    let words_of = |letter| lines_of(lines, letter).into_iter().flat_map(|line| line.split(' '));
    let jobs: Vec<&str> = words_of('j').collect();
    Some(Trade {
        key: words.next()?,
        weight: words.next()?.parse().ok()?,
        staff: (words.next()?.parse().ok()?, words.next()?.parse().ok()?),
        industries: words_of('i').filter_map(|code| code.parse().ok()).collect(),
        endings: words_of('n').filter_map(|pair| pair.split_once('/')).collect(),
        legal: words_of('o').collect(),
        business: lines_of(lines, 'b'),
        strengths: lines_of(lines, 's'),
        jobs: jobs
            .chunks(2)
            .map(|pair| Some((JOBS.iter().find(|job| job.key == pair[0])?, pair.get(1)?.parse().ok()?)))
            .collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::template::is_sound;
    use super::*;
    use crate::{industries, occupations};
    use std::collections::BTreeSet;

    #[test]
    fn every_line_of_the_tables_is_of_a_known_kind_and_every_template_sound() {
        for (text, letters) in [(JOB_TEXTS[0], "tdgl"), (JOB_TEXTS[1], "tdgl"), (TRADE_TEXT, "inobsj")] {
            for (head, lines) in blocks(text) {
                for line in lines {
                    assert!(
                        line.split_once(' ').is_some_and(|(kind, _)| letters.contains(kind.trim_end_matches(char::is_numeric))),
                        "{head}: {line}"
                    );
                    assert!(is_sound(line), "{head}: {line}");
                }
            }
        }
        for (head, lines) in blocks(PHRASE_TEXT) {
            assert!(lines.iter().all(|line| is_sound(line)), "{head}");
        }
    }

    #[test]
    fn every_job_has_a_class_of_the_classification_and_an_employer() {
        for job in JOBS.iter() {
            let middle = job.class.split('-').next().and_then(|class| class.parse().ok()).expect("a class of three digits");
            assert!(occupations::middle_class(middle).is_some(), "{}", job.key);
            assert!(job.wage.0 < job.wage.1 && !job.titles.is_empty() && job.sentences.len() >= 2 && !job.tools.is_empty(), "{}", job.key);
            for title in 0..job.titles.len() {
                assert!(job.sentences.iter().any(|(titles, _)| titles & 1 << title != 0), "{}: {}", job.key, job.titles[title]);
            }
            assert!(TRADES.iter().any(|trade| trade.jobs.iter().any(|(offered, _)| offered.key == job.key)), "{}", job.key);
        }
        assert_eq!(JOBS.iter().map(|job| job.key).collect::<BTreeSet<_>>().len(), JOBS.len());
    }

    #[test]
    fn every_trade_has_industries_of_the_classification_names_and_jobs() {
        for trade in TRADES.iter() {
            assert!(
                !trade.industries.is_empty() && trade.industries.iter().all(|code| industries::middle(*code).is_some()),
                "{}",
                trade.key
            );
            assert!(!trade.endings.is_empty() && !trade.legal.is_empty() && !trade.jobs.is_empty(), "{}", trade.key);
            assert!(!trade.business.is_empty() && !trade.strengths.is_empty() && trade.staff.0 < trade.staff.1, "{}", trade.key);
        }
    }
}
