//! A view that stays as the server wrote it.

#[cfg(feature = "ssr")]
use super::IntoWhole;
use super::built::BuiltState;
#[cfg(not(feature = "ssr"))]
use super::{Built, IntoBuilt};
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;

/// The server renders it, the browser only builds it: what would hydrate it and update it in place is left out of the program.
#[cfg(feature = "ssr")]
type Drawn = AnyView;
#[cfg(not(feature = "ssr"))]
type Drawn = Built;

/// One element in which nothing follows a signal. A page that the server rendered keeps it without a look inside, so that the program
/// is ready soon on a slow phone (*measured*: most of hydrating a page of results). When it changes it is replaced as a whole.
pub struct Served(Box<dyn FnOnce() -> Drawn + Send>);

/// `draw` is called by the server, and where the browser makes the page itself.
pub fn served<V: IntoView + 'static>(draw: impl FnOnce() -> V + Send + 'static) -> Served {
    Served(Box::new(move || drawn(draw())))
}

#[cfg(feature = "ssr")]
fn drawn(view: impl IntoView + 'static) -> Drawn {
    view.into_whole()
}

#[cfg(not(feature = "ssr"))]
fn drawn(view: impl IntoView + 'static) -> Drawn {
    view.into_built()
}

/// The element at the cursor, which moves on past it.
pub(super) fn element_at(cursor: &Cursor, position: &PositionState) -> Element {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::Current => {}
        _ => cursor.sibling(),
    }
    position.set(Position::NextChild);
    cursor.current().unchecked_into()
}

impl Render for Served {
    type State = BuiltState;

    fn build(self) -> BuiltState {
        BuiltState::new((self.0)().build())
    }

    fn rebuild(self, state: &mut BuiltState) {
        state.replace_with(self.build());
    }
}

impl AddAnyAttr for Served {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self
    where
        Self: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Served {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        (self.0)().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> BuiltState {
        BuiltState::new(element_at(cursor, position))
    }

    fn into_owned(self) -> Self {
        self
    }
}
