//! People who have an account.

use super::Site;
use super::browser::Browser;
use app::date::Date;

/// A seeker.
pub const EMAIL: &str = "hanako@example.jp";
/// Everybody's password.
pub const PASSWORD: &str = "朝は納豆と味噌汁にかぎる";

/// A site without postings, on a day.
pub async fn at(day: &str) -> Site {
    Site::on(day.parse::<Date>().expect("a day of the calendar")).await
}

/// Opens an account and gives the browser in which it was opened.
pub async fn new_account<'s>(site: &'s Site, email: &str) -> Browser<'s> {
    let mut browser = Browser::of(site);
    let page = browser.get("/account/sign-up").await;
    let page = browser.submit(&page, "/account/sign-up", &[("email", email), ("pupil", "no"), ("agree", "yes")]).await;
    let page = browser.follow(page).await;
    let code = site.code_for(email).await;
    let page = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    let page = browser.follow(page).await;
    let page = browser.submit(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;
    assert_eq!(page.location.as_deref(), Some("/account"), "{}", page.html);
    browser
}

/// Signs in with another browser.
pub async fn sign_in<'s>(site: &'s Site, email: &str) -> Browser<'s> {
    let mut browser = Browser::of(site);
    let page = browser.get("/account/sign-in").await;
    let page = browser.submit(&page, "/account/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    let page = browser.follow(page).await;
    let code = site.code_for(email).await;
    let page = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    assert_eq!(page.location.as_deref(), Some("/account"), "{}", page.html);
    browser
}
