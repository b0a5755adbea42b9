//! The rules of the registration in the browser: the same functions that the server calls (DESIGN.md "Validation once"), for the pages that the
//! server renders. Texts go in and out, so that the module stays small.

use app::applications::content::check_form as check_application_form;
use app::registration::checked_form::{check_form, kept_value, meaning};
use wasm_bindgen::prelude::wasm_bindgen;

/// What is said of a section's form: a line each, field, severity and sentence with tabs between. `form` has names and values by turns, a line break
/// (U+001E) after each; `names` are those of the person, for the warning of the introduction.
#[wasm_bindgen]
#[must_use]
pub fn check(section: &str, form: &str, names: &str, today: &str) -> String {
    check_form(section, form, names, today)
}

/// What is said of the form of an application, in the same way as of a section's. `is_reserved`: the posting is for people with disabilities; `is_self`:
/// it is a self-application.
#[wasm_bindgen]
#[must_use]
pub fn check_application(form: &str, is_reserved: bool, is_self: bool) -> String {
    check_application_form(form, is_reserved, is_self)
}

/// A value in the way it is kept; empty if it is so already or cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn kept(section: &str, name: &str, value: &str) -> String {
    kept_value(section, name, value)
}

/// What a day means in the calendar and its era; empty for what is no day.
#[wasm_bindgen]
#[must_use]
pub fn day(value: &str) -> String {
    meaning(value)
}
