//! A part of a page that is hydrated when it first changes.

use super::served::element_at;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;

type Draw = Box<dyn FnOnce() -> AnyView + Send>;

/// One element that can be typed into and follows no signal itself. Where the server wrote it, it is left alone until another takes
/// its place; only then is it hydrated and the other worked into it, so that what was typed stays and the focus too.
pub struct Dormant(Draw);

/// `draw` draws the same element whenever it is called, no events of its own in it: nobody listens while it sleeps.
pub fn dormant(draw: impl FnOnce() -> AnyView + Send + 'static) -> Dormant {
    Dormant(Box::new(draw))
}

/// A [`Dormant`] in the page.
pub enum DormantState {
    /// As the server wrote it.
    Asleep(Element, Draw),
    /// Hydrated, or made here.
    Awake(<AnyView as Render>::State),
    /// While it wakes up.
    Waking,
}

impl DormantState {
    /// The element is taken over as the server wrote it, unless the browser has translated it meanwhile: then it is made anew.
    fn wake(&mut self) -> &mut <AnyView as Render>::State {
        let awake = match std::mem::replace(self, Self::Waking) {
            Self::Asleep(element, draw) if is_translated(&element) => replaced(&element, draw()),
            Self::Asleep(element, draw) => hydrate_at(&element, draw()),
            Self::Awake(state) => state,
            Self::Waking => unreachable!("nothing in a view wakes it while it wakes up"),
        };
        *self = Self::Awake(awake);
        let Self::Awake(state) = self else { unreachable!("it was woken up just now") };
        state
    }
}

/// Hydrates `view` at `element`.
fn hydrate_at(element: &Element, view: AnyView) -> <AnyView as Render>::State {
    view.hydrate::<true>(&Cursor::new(element.clone()), &PositionState::new(Position::Current))
}

/// A browser's translation puts `<font>`, which we never write, around every text.
fn is_translated(element: &Element) -> bool {
    element.query_selector("font").ok().flatten().is_some()
}

/// Builds `view` in the place of `element`, with what was typed and ticked there.
fn replaced(element: &Element, view: AnyView) -> <AnyView as Render>::State {
    let mut state = view.build();
    element.insert_before_this(&mut state);
    for new in state.elements() {
        for (from, to) in controls(element).into_iter().zip(controls(&new)) {
            carry_over(&from, &to);
        }
    }
    element.clone().unmount();
    state
}

fn controls(element: &Element) -> Vec<Element> {
    let Ok(list) = element.query_selector_all("input, select") else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

fn carry_over(from: &Element, to: &Element) {
    if let (Some(from), Some(to)) = (from.dyn_ref::<web_sys::HtmlInputElement>(), to.dyn_ref::<web_sys::HtmlInputElement>()) {
        to.set_checked(from.checked());
        to.set_value(&from.value());
    }
    if let (Some(from), Some(to)) = (from.dyn_ref::<web_sys::HtmlSelectElement>(), to.dyn_ref::<web_sys::HtmlSelectElement>()) {
        to.set_value(&from.value());
    }
}

impl Mountable for DormantState {
    fn unmount(&mut self) {
        match self {
            Self::Asleep(element, _) => element.unmount(),
            Self::Awake(state) => state.unmount(),
            Self::Waking => {}
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        match self {
            Self::Asleep(element, _) => element.mount(parent, marker),
            Self::Awake(state) => state.mount(parent, marker),
            Self::Waking => {}
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Asleep(element, _) => element.insert_before_this(child),
            Self::Awake(state) => state.insert_before_this(child),
            Self::Waking => false,
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Asleep(element, _) => vec![element.clone()],
            Self::Awake(state) => state.elements(),
            Self::Waking => Vec::new(),
        }
    }
}

impl Render for Dormant {
    type State = DormantState;

    fn build(self) -> DormantState {
        DormantState::Awake((self.0)().build())
    }

    fn rebuild(self, state: &mut DormantState) {
        (self.0)().rebuild(state.wake());
    }
}

impl AddAnyAttr for Dormant {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self
    where
        Self: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Dormant {
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

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> DormantState {
        DormantState::Asleep(element_at(cursor, position), self.0)
    }

    fn into_owned(self) -> Self {
        self
    }
}
