//! A view that waits for nothing.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// Views that wait for nothing.
pub trait IntoWhole: IntoView + 'static {
    /// Makes a page, or a part of one, a view of one small type. Nothing in it may be waited for (no `Suspense`, no `Suspend`).
    ///
    /// Every view also carries code that hydrates it step by step, for parts of a program that load late, and code that waits for it on
    /// the server. We have no such parts, yet the compiler cannot know: in the bundle that code was a sixth of all (*measured*: 189 kB
    /// of 1,160 kB). It is cut off here, once for everything inside.
    fn into_whole(self) -> AnyView {
        Whole::<_, false>(self).into_any()
    }

    /// As [`IntoWhole::into_whole`], for what is replaced, not updated in place, when it changes or that never changes as a whole: a
    /// page, a card of a keyed list. What is inside follows its signals as ever. There must be an element in it. Nothing that one types
    /// into, and nothing that keeps the focus when the same place shows something else.
    fn into_fixed(self) -> AnyView {
        Whole::<_, true>(self).into_any()
    }
}

impl<V: IntoView + 'static> IntoWhole for V {}

/// `IS_REPLACED`: whether another view takes its place as a whole, instead of being worked into it.
struct Whole<V, const IS_REPLACED: bool>(V);

impl<V: Render, const IS_REPLACED: bool> Render for Whole<V, IS_REPLACED> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        if IS_REPLACED {
            let mut new = self.0.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        } else {
            self.0.rebuild(state);
        }
    }
}

impl<V: RenderHtml, const IS_REPLACED: bool> AddAnyAttr for Whole<V, IS_REPLACED> {
    type Output<SomeNewAttr: Attribute> = Whole<V::Output<SomeNewAttr>, IS_REPLACED>;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        Whole(self.0.add_any_attr(attr))
    }
}

impl<V: RenderHtml, const IS_REPLACED: bool> RenderHtml for Whole<V, IS_REPLACED> {
    type AsyncOutput = Self;
    type Owned = Whole<V::Owned, IS_REPLACED>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    /// Only parts of a program that load late are hydrated so.
    async fn hydrate_async(self, _: &Cursor, _: &PositionState) -> Self::State {
        self.0.build()
    }

    fn into_owned(self) -> Self::Owned {
        Whole(self.0.into_owned())
    }
}
