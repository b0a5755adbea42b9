//! The one place that knows what time it is. Rules take `today` or `now` as a parameter; only the edge asks this clock.

use crate::date::Date;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time: the machine's, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// A clock that stands at `instant_ms` (milliseconds since 1970) until [`Clock::set`] moves it.
    #[must_use]
    pub fn standing_at(instant_ms: i64) -> Self {
        Self { fixed: Some(Arc::new(AtomicI64::new(instant_ms))) }
    }

    /// Moves a standing clock; the machine's clock is left alone.
    pub fn set(&self, instant_ms: i64) {
        if let Some(fixed) = &self.fixed {
            fixed.store(instant_ms, Ordering::SeqCst);
        }
    }

    /// Milliseconds since 1970, UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.fixed.as_ref().map_or_else(system_now, |fixed| fixed.load(Ordering::SeqCst))
    }

    /// The calendar day in Japan.
    #[must_use]
    pub fn today(&self) -> Date {
        Date::in_japan(self.now())
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn system_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(target_arch = "wasm32")]
fn system_now() -> i64 {
    js_sys::Date::now() as i64
}
