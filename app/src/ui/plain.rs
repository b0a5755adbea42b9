//! Pages of forms alone: rendered by the server, absent from the program that phones load, which leaves them as they are (`data-plain`).

use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The shell around such pages: the same head as everywhere.
#[derive(Clone, Debug)]
pub struct PlainShell {
    head: Arc<str>,
}

impl PlainShell {
    /// A shell with this inside of `<head>`.
    #[must_use]
    pub fn new(head: &str) -> Self {
        Self { head: head.into() }
    }

    /// The whole document, as nobody's.
    #[must_use]
    pub fn document(&self, title: &str, content: AnyView) -> String {
        self.document_of(title, content, "data-plain=\"\"")
    }

    /// The whole document. `account` is what the phone is told of whose account it is.
    #[must_use]
    pub fn document_for(&self, title: &str, content: AnyView, account: &str) -> String {
        self.document_of(title, content, &format!("data-plain=\"\" data-account=\"{account}\""))
    }

    /// What the service worker keeps of a page for reading without a network: what follows the head that all pages share.
    #[must_use]
    pub fn kept_document(&self, title: &str, content: AnyView) -> String {
        let document = self.document_of(title, content, "data-plain=\"\" data-kept=\"\"");
        document.split_once(&*self.head).map_or_else(String::new, |(_, rest)| rest.to_owned())
    }

    fn document_of(&self, title: &str, content: AnyView, attributes: &str) -> String {
        let owner = Owner::new();
        owner.with(|| {
            let title = view! { <title>{text::ui_title(title)}</title> }.to_html();
            let body = view! {
                <a class="skip-link" href="#main">{text::ui_skip_to_content()}</a>
                <header class="site-header">
                    <a href="/" class="site-header-name">{text::ui_service_name()}</a>
                    <nav aria-label=text::ui_main_navigation()>
                        <ul>
                            <li><a href="/postings">{text::ui_nav_postings()}</a></li>
                            <li><a href="/favorites">{text::ui_nav_favorites()}</a></li>
                            <li><a href="/account">{text::ui_nav_account()}</a></li>
                        </ul>
                    </nav>
                </header>
                <main id="main" tabindex="-1">{content}</main>
                <footer class="site-footer">
                    <p>{text::ui_footer_about()}</p>
                    <p>
                        <a href="/account/terms">{text::ui_footer_terms()}</a>
                        " "
                        <a href="/account/privacy">{text::ui_footer_notice()}</a>
                    </p>
                </footer>
            }
            .to_html();
            format!("<!DOCTYPE html><html lang=\"ja\"><head>{}{title}</head><body {attributes}>{body}</body></html>", self.head)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_page_has_the_shells_head_its_own_title_and_what_people_wrote_as_text() {
        let shell = PlainShell::new("<meta charset=\"utf-8\">");
        let html = shell.document("<b>", view! { <p>{"<script>alert(1)</script>".to_owned()}</p> }.into_any());
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>"), "{html}");
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"), "{html}");
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
        assert!(html.contains("<body data-plain=\"\">"));
    }
}
