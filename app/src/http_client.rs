//! How this server calls others: every status is an answer, no redirect is followed, and nothing is waited for endlessly.

use std::time::Duration;
use ureq::Agent;

/// A client that waits so long for a connection, and for a whole request.
#[must_use]
pub fn agent(connect: Duration, request: Duration) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        // A redirect could carry a secret elsewhere, or lead to a machine that is not to be called.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(connect))
        .timeout_global(Some(request))
        .build()
        .into()
}
