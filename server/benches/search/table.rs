//! The table at the end: what, ours, limit or peer, ratio; losses included.

use super::measure::milliseconds;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Its lines.
#[derive(Default)]
pub struct Table {
    lines: Vec<[String; 4]>,
}

impl Table {
    /// A time beside its limit.
    pub fn limit(&mut self, what: &str, ours: Duration, limit: Duration) {
        let verdict = if ours <= limit { "within" } else { "MISSED" };
        self.lines.push([what.to_owned(), milliseconds(ours), format!("≤ {}", milliseconds(limit)), verdict.to_owned()]);
    }

    /// A time beside a peer's.
    pub fn ratio(&mut self, what: &str, ours: Duration, theirs: Duration) {
        let ratio = theirs.as_secs_f64() / ours.as_secs_f64().max(1e-9);
        self.lines.push([what.to_owned(), milliseconds(ours), milliseconds(theirs), format!("{ratio:.1} times")]);
    }

    /// A count of a whole.
    pub fn plain(&mut self, what: &str, count: usize, of: usize) {
        self.lines.push([what.to_owned(), count.to_string(), format!("of {of}"), String::new()]);
    }

    /// Prints the lines.
    pub fn print(&self) {
        println!();
        for [what, ours, other, ratio] in &self.lines {
            println!("{what:<48} {ours:>12} {other:>14} {ratio:>14}");
        }
    }

    /// Writes the lines, tab-separated.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        std::fs::write(path, self.lines.iter().map(|line| line.join("\t") + "\n").collect::<String>())
    }
}
