//! What can go wrong from a user's point of view. Nothing internal is in it: causes go to the log, not to the client.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a page or a call has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// There is no such thing, or the viewer may not know of it.
    NotFound,
    /// Nobody is signed in, or somebody else is.
    SignedOut,
    /// The server could not be reached: no network, or it is down.
    Unreachable,
    /// The server failed; it has written down why.
    Internal,
}

impl AppError {
    /// The HTTP status that tells this error.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignedOut => 401,
            Self::Unreachable => 503,
            Self::Internal => 500,
        }
    }

    /// The error that an HTTP status tells; `None` for success.
    #[must_use]
    pub const fn from_status(status: u16) -> Option<Self> {
        match status {
            200..=299 => None,
            401 => Some(Self::SignedOut),
            404 => Some(Self::NotFound),
            502..=504 => Some(Self::Unreachable),
            _ => Some(Self::Internal),
        }
    }

    /// Writes the cause to the log and gives the error that the client may see.
    #[cfg(feature = "ssr")]
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::Internal
    }

    /// Gives the page that is being rendered this error's HTTP status. In the browser it does nothing.
    pub fn answer(self) {
        #[cfg(feature = "ssr")]
        if let (Some(options), Ok(status)) =
            (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(self.status()))
        {
            options.set_status(status);
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "not found",
            Self::SignedOut => "signed out",
            Self::Unreachable => "unreachable",
            Self::Internal => "internal error",
        })
    }
}

impl std::error::Error for AppError {}
