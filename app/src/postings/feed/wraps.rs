//! Joining hard-wrapped texts. The feed breaks long texts about every 18 characters, by a full-width space or a line break in the
//! middle of a word; real full-width spaces and real line breaks stand among them (FEED.md). A text tells its own line width: all
//! its lines are exactly that wide, but the last of a paragraph.

use std::ops::RangeInclusive;

/// Widths that a wrapped text can have, in full-width characters, the likeliest first [own].
const WIDTHS: [u32; 5] = [18, 17, 19, 16, 20];
/// A text with a single break is believed to be wrapped only at the common width; elsewhere it may be a real space [own].
const COMMON_WIDTH: u32 = 18;
/// No wrapped text is shorter.
const SHORTEST: usize = 17;

/// How wide characters are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// Every character is one.
    Characters,
    /// Half-width characters are half.
    Halves,
}

/// A way to read the breaks of a text.
#[derive(Clone, Copy, Debug)]
struct Reading {
    measure: Measure,
    width: u32,
    wraps: u32,
    /// Real full-width spaces at which the count of characters had to begin anew.
    restarts: u32,
}

/// The text with its hard wraps joined: a full-width space or line break that stands exactly at the end of a line is taken out,
/// every other one stays. A text that is not wrapped comes back as it is.
#[must_use]
pub fn join_wraps(text: &str) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if text.len() < SHORTEST || !text.contains(['　', '\n']) {
        return text;
    }
    let Some(reading) = best_reading(&text) else { return text };
    let mut joined = String::with_capacity(text.len());
    // The reading was found by the same walk, so that it goes through again.
    walk(&text, reading.measure, reading.width, |piece| joined.push_str(piece));
    joined
}

/// The reading that explains most breaks as wraps; none if the text is not wrapped.
fn best_reading(text: &str) -> Option<Reading> {
    let by_characters = best_width(text, Measure::Characters);
    let has_narrow = text.chars().any(is_narrow);
    let by_halves = has_narrow.then(|| best_width(text, Measure::Halves)).flatten();
    match (by_characters, by_halves) {
        (Some(a), Some(b)) if (b.restarts, a.wraps) < (a.restarts, b.wraps) => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

fn best_width(text: &str, measure: Measure) -> Option<Reading> {
    let readings = WIDTHS.iter().filter_map(|width| walk(text, measure, *width, |_| {}));
    let believed = readings.filter(|r| r.wraps > 1 || (r.wraps == 1 && r.restarts == 0 && r.width == COMMON_WIDTH));
    let mut best: Option<Reading> = None;
    for reading in believed.filter(|r| r.wraps > r.restarts) {
        if best.is_none_or(|b| reading.wraps - reading.restarts > b.wraps - b.restarts) {
            best = Some(reading);
        }
    }
    best
}

/// Reads a text as wrapped at `width`, giving the pieces between its wraps. `None` if a line is longer, so that it is not wrapped so.
fn walk<'a>(text: &'a str, measure: Measure, width: u32, mut piece: impl FnMut(&'a str)) -> Option<Reading> {
    // In half characters, so that both measures are whole numbers.
    let full = width * 2;
    let mut reading = Reading { measure, width, wraps: 0, restarts: 0 };
    let mut line = 0;
    // The width of the line after its last real space.
    let mut since_space = None;
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let wide = width_of(c, measure);
        if matches!(c, '　' | '\n') {
            let next = chars.peek().map(|(_, c)| width_of(*c, measure));
            if ends_line(full, line) && next.is_none_or(|next| line + next > full) {
                piece(&text[from..at]);
                from = at + c.len_utf8();
                (line, since_space) = (0, None);
                reading.wraps += 1;
                continue;
            }
            if c == '\n' {
                (line, since_space) = (0, None);
                continue;
            }
            line += wide;
            since_space = Some(0);
        } else {
            line += wide;
            since_space = since_space.map(|since: u32| since + wide);
        }
        if line > full {
            // The last real space may stand for the end of a paragraph.
            line = since_space.take().filter(|since| *since <= full)?;
            reading.restarts += 1;
        }
    }
    piece(&text[from..]);
    Some(reading)
}

/// Whether a line so wide can be full: exactly, or with half a character missing.
fn ends_line(full: u32, line: u32) -> bool {
    const MISSING: RangeInclusive<u32> = 0..=1;
    full.checked_sub(line).is_some_and(|missing| MISSING.contains(&missing))
}

fn width_of(c: char, measure: Measure) -> u32 {
    if measure == Measure::Halves && is_narrow(c) { 1 } else { 2 }
}

/// ASCII and half-width katakana.
const fn is_narrow(c: char) -> bool {
    matches!(c, ' '..='~' | '｡'..='ﾟ')
}

#[cfg(test)]
#[path = "wraps_tests.rs"]
mod tests;
