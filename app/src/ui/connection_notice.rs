//! The line under the header that tells that the phone has no connection, what is there all the same and what is not.

use crate::offline::Connectivity;
use crate::text;
use leptos::prelude::*;

/// Stands on every page; empty while the server is in reach. A live region, so that losing the connection is announced.
#[component]
pub fn ConnectionNotice() -> impl IntoView {
    let connectivity = use_context::<Connectivity>();
    let is_lost = move || connectivity.is_some_and(|connectivity| !connectivity.is_reachable());
    view! {
        <div role="status">
            <Show when=is_lost>
                <div class="connection-notice">
                    <p>{text::ui_connection_lost()}</p>
                </div>
            </Show>
        </div>
    }
}
