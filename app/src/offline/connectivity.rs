//! Whether the server is in reach, as far as the page can know: what the browser says, and how the last request ended.

use leptos::ev;
use leptos::prelude::*;

/// A context of the whole application. On the server, and until the page runs, the server is in reach.
#[derive(Clone, Copy, Debug)]
pub struct Connectivity {
    reachable: RwSignal<bool>,
}

impl Connectivity {
    /// Makes the context and, in the browser, follows its events.
    pub fn provide() {
        let reachable = RwSignal::new(true);
        provide_context(Self { reachable });
        // Effects run in the browser only, after hydration: the first view is the server's.
        Effect::new(move || {
            reachable.set(was_reached());
            let online = window_event_listener(ev::online, move |_| reachable.set(true));
            let offline = window_event_listener(ev::offline, move |_| reachable.set(false));
            on_cleanup(move || {
                online.remove();
                offline.remove();
            });
        });
    }

    /// Whether the server is in reach; reactive.
    #[must_use]
    pub fn is_reachable(self) -> bool {
        self.reachable.get()
    }

    /// Remembers how a request ended: the browser calls a phone online whose network leads nowhere.
    pub fn observe(self, reached: bool) {
        if self.reachable.get_untracked() != reached {
            self.reachable.set(reached);
        }
    }
}

/// Whether this page came from the server: the shell kept on the phone has no mark.
fn was_reached() -> bool {
    window().navigator().on_line() && document().body().is_some_and(|body| body.has_attribute("data-rendered"))
}
