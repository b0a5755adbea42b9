//! A view that only the browser makes.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// A view of one small type that is never part of a page's first view (it shows what is kept on the phone), and is replaced as a whole
/// when it changes: the code that would hydrate it and update it in place is cut off (*measured* for the favorites: 7 kB in
/// brotli). What is inside follows its signals as ever. The server renders nothing of it.
pub struct Built(Box<dyn FnOnce() -> BuiltState + Send>);

/// Views that only the browser makes.
pub trait IntoBuilt: IntoView + 'static {
    /// Makes a [`Built`] of it. There must be an element in it: what is nothing now is an `Option` around it.
    fn into_built(self) -> Built {
        Built(Box::new(move || BuiltState::new(self.build())))
    }
}

impl<V: IntoView + 'static> IntoBuilt for V {}

/// A view in the page that is replaced as a whole.
pub struct BuiltState(Box<dyn Mountable>);

impl BuiltState {
    /// Of what a view has made, or of an element that the server wrote.
    pub(super) fn new(made: impl Mountable + 'static) -> Self {
        Self(Box::new(made))
    }

    /// Puts `new` in its place.
    pub(super) fn replace_with(&mut self, mut new: Self) {
        self.insert_before_this(&mut new);
        self.unmount();
        *self = new;
    }
}

impl Mountable for BuiltState {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl Render for Built {
    type State = BuiltState;

    fn build(self) -> BuiltState {
        (self.0)()
    }

    fn rebuild(self, state: &mut BuiltState) {
        state.replace_with(self.build());
    }
}

impl AddAnyAttr for Built {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self
    where
        Self: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Built {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> BuiltState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
