//! Somebody who registers. Person and places of work are invented.

use super::browser::{Browser, Page};

/// What is typed in each section, by its path, so that nothing is missing.
pub const SECTIONS: [(&str, &[(&str, &str)]); 8] = [
    (
        "/registration/basic",
        &[
            ("family_name", "春和"),
            ("given_name", "花子"),
            ("family_kana", "ﾊﾛﾜ"),
            ("given_kana", "はなこ"),
            ("birth_date", "昭和63年4月1日"),
            ("postal_code", "100-0001"),
            ("prefecture", "13"),
            ("municipality", "13101"),
            ("address_line", "千代田1-2-3"),
            ("phone", "090-0000-0000"),
            ("phone_kind", "mobile"),
            ("nationality_kind", "japan"),
            ("disability", "yes"),
            ("employment_status", "employed"),
        ],
    ),
    (
        "/registration/publication",
        &[("publish_to_employers", "yes"), ("provide_to_agencies", "no"), ("office_may_contact", "yes"), ("contact_channels", "mail")],
    ),
    (
        "/registration/wishes-work",
        &[
            ("occupations.0", "01-01"),
            ("occupation_experience.0", "3"),
            ("work_time", "full"),
            ("employment_forms", "regular"),
            ("start_possible", "now"),
        ],
    ),
    ("/registration/wishes-place", &[("places", "13"), ("places", "13101"), ("wage_unit", "monthly"), ("wage_min", "200000")]),
    ("/registration/education", &[("last_school", "university"), ("school_state", "graduated"), ("car_license", "no")]),
    (
        "/registration/history",
        &[
            ("has_history", "yes"),
            ("jobs.0.company", "株式会社見本"),
            ("jobs.0.from", "2015年4月"),
            ("jobs.0.to", "2020年3月"),
            ("jobs.0.form", "regular"),
            ("jobs.0.occupation", "01-01"),
            ("jobs.0.duties", "書類の整理"),
        ],
    ),
    (
        "/registration/disability",
        &[
            ("kinds", "physical"),
            ("handbook.physical", "yes"),
            ("grade", "2級"),
            ("accommodations", "座ってできる仕事がよい"),
            ("shown_to_employers", "accommodations"),
        ],
    ),
    ("/registration/introduction", &[("headline", "こつこつ続けます"), ("appeal", "書類の仕事を5年しました。")]),
];

/// What is typed in a section.
pub fn typed(path: &str) -> Vec<(&'static str, &'static str)> {
    SECTIONS.iter().find(|(own, _)| *own == path).map(|(_, fields)| fields.to_vec()).unwrap_or_default()
}

/// Fills in a section's form anew with these fields alone, and presses a button.
pub async fn send(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)], button: &str) -> Page {
    let page = browser.get(path).await;
    send_from(browser, &page, path, fields, button).await
}

/// The same from a page that is open.
pub async fn send_from(browser: &mut Browser<'_>, page: &Page, path: &str, fields: &[(&str, &str)], button: &str) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("do", button)]).collect();
    browser.submit(page, path, &fields).await
}

/// Fills in everything and completes the registration.
pub async fn register(browser: &mut Browser<'_>) -> Page {
    for (path, fields) in SECTIONS {
        let sent = send(browser, path, fields, "next").await;
        assert!(sent.location.is_some(), "{path}: {}", sent.html);
    }
    let review = browser.get("/registration/review").await;
    let completed = browser.submit(&review, "/registration/review", &[]).await;
    assert_eq!(completed.location.as_deref(), Some("/registration/complete"), "{}", completed.html);
    browser.get("/registration/complete").await
}
