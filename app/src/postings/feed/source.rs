//! The bytes under the XML reader: counted, their lines too, and no single piece of markup may take more than its allowance.

use std::io::{self, BufRead, Read};

/// A source that knows where it is and gives no more than `allowance` bytes until [`Source::begin`] is called again.
#[derive(Debug)]
pub(super) struct Source<R> {
    inner: R,
    allowance: usize,
    /// Bytes handed out so far.
    pub(super) consumed: u64,
    /// The line that the next byte stands in, from 1.
    pub(super) line: u64,
    /// Whether a piece wanted more than its allowance.
    pub(super) exceeded: bool,
}

impl<R: BufRead> Source<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, allowance: 0, consumed: 0, line: 1, exceeded: false }
    }

    /// A new piece begins, of at most `allowance` bytes.
    pub(super) const fn begin(&mut self, allowance: usize) {
        self.allowance = allowance;
    }

    /// Whether all bytes have been handed out.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.inner.fill_buf().is_ok_and(<[u8]>::is_empty)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let available = self.inner.fill_buf()?;
        if self.allowance == 0 && !available.is_empty() {
            self.exceeded = true;
            return Err(io::Error::other("a piece of markup is longer than allowed"));
        }
        Ok(&available[..available.len().min(self.allowance)])
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed was just filled, so that this reads nothing.
        if let Ok(available) = self.inner.fill_buf() {
            let lines = memchr::memchr_iter(b'\n', &available[..amount.min(available.len())]).count();
            self.line += lines as u64;
        }
        self.consumed += amount as u64;
        self.allowance = self.allowance.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let amount = available.len().min(into.len());
        into[..amount].copy_from_slice(&available[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}
