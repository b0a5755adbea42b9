//! The search page and its JSON interface: what the real router answers.

mod site;

use app::date::Date;
use axum::http::{StatusCode, header};
use site::{Site, get};

/// One invented posting of a delivery; `more` are further items.
fn posting(number: &str, title: &str, scope: u8, place: &str, more: &str) -> String {
    format!(
        "<data><kjno>{number}</kjno><uktkymd_seireki>2026/11/04</uktkymd_seireki><kjyukoymd>2027/01/31</kjyukoymd><kjkbn1_c>1</kjkbn1_c>\
         <kokaikibo>{scope}</kokaikibo><sksu>{title}</sksu><jgshmei>株式会社　見本{scope}</jgshmei><shgbsjusho1_n>{place}</shgbsjusho1_n>{more}</data>"
    )
}

/// A site with four postings, one of each publishing scope, on 24 November 2026.
async fn site() -> Site {
    let postings = [
        posting("13010-1", "看護師", 1, "東京都千代田区", "<bf_elevator>1</bf_elevator><shigoto_ny>訪問看護の仕事</shigoto_ny>"),
        posting(
            "13010-2",
            "看護助手",
            2,
            "東京都新宿区",
            "<chgnkeitai_n>時給</chgnkeitai_n><khkykagen>1,300</khkykagen><khkyjgn>1,500</khkyjgn>",
        ),
        posting("27010-3", "事務員", 3, "大阪府大阪市北区", "<koyokeitai_n>正社員</koyokeitai_n>"),
        posting("27010-4", "調理師", 4, "大阪府大阪市北区", ""),
    ];
    let xml = format!("<root><kyujin>{}</kyujin></root>", postings.concat());
    Site::with(&xml, Date::new(2026, 11, 24).expect("a day of the calendar")).await
}

#[tokio::test]
async fn what_is_found_stands_on_the_page_with_links_counts_and_chips() {
    let (response, html) = site().await.get("/postings?q=%E7%9C%8B%E8%AD%B7&pref=13").await;
    assert_eq!(response.status(), StatusCode::OK);
    for part in [
        "<title>求人の検索結果 2件</title>",
        "<span translate=\"no\">2件</span>の求人",
        "<a href=\"/postings/13010-1\">看護師</a>",
        "株式会社　見本1",
        "時給 1,300円～1,500円",
        "東京都千代田区",
        "あと68日",
        "value=\"看護\"",
        "href=\"/postings?pref=13\" class=\"chip\">「看護」",
        "<input type=\"hidden\" name=\"pref\" value=\"13\">",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("/postings/27010-3"));
}

#[tokio::test]
async fn an_opened_panel_has_its_choices_with_counts_and_what_was_chosen() {
    let (_, html) = site().await.get("/postings?q=%E7%9C%8B%E8%AD%B7&pref=13&open=basic").await;
    for part in ["value=\"13\" checked><span>東京都</span><span translate=\"no\" class=\"choice-count\">2件</span>", "東京都の市区町村"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<input type=\"hidden\" name=\"pref\""), "a choice is sent once: {html}");
}

#[tokio::test]
async fn a_name_that_is_not_published_stands_nowhere_on_the_page_or_in_the_json() {
    let site = site().await;
    for path in ["/postings", "/api/postings/search", "/postings?q=%E8%A6%8B%E6%9C%AC", "/postings?name=%E8%A6%8B%E6%9C%AC"] {
        let (_, body) = site.get(path).await;
        for hidden in ["見本2", "見本3", "見本4", "調理師"] {
            assert!(!body.contains(hidden), "{hidden} at {path}: {body}");
        }
    }
    assert!(site.get("/postings").await.1.contains("事業所名は公開されていません"));
}

#[tokio::test]
async fn zero_hits_say_which_condition_to_drop_and_how_many_that_gives() {
    let (response, html) = site().await.get("/postings?q=%E7%9C%8B%E8%AD%B7&pref=27").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(html.contains("条件に合う求人はありませんでした"));
    assert!(html.contains("href=\"/postings?q=%E7%9C%8B%E8%AD%B7\">大阪府を外す（2件）"), "{html}");
}

#[tokio::test]
async fn what_the_browser_needs_to_go_on_is_in_the_page() {
    let (_, html) = site().await.get("/postings?pref=13").await;
    assert!(html.contains("__RESOLVED_RESOURCES"), "the answer is handed over, not asked for twice: {html}");
}

#[tokio::test]
async fn the_json_interface_answers_with_the_search_it_understood_and_what_it_did_not() {
    let (response, body) = get("/api/postings/search?pref=14&pref=13&wage_month=abc&unknown=1").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    let answer: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(answer["query"], "pref=13&pref=14");
    assert_eq!(answer["bad"][0]["name"], "wage_month");
    assert_eq!(answer["bad"][0]["value"], "abc");
    for key in ["total", "postings", "facets"] {
        assert!(!answer[key].is_null(), "{key}: {body}");
    }
}

#[tokio::test]
async fn the_page_is_whole_without_scripts() {
    let (response, html) = get("/postings?pref=13&must=remote").await;
    assert_eq!(response.status(), StatusCode::OK);
    for part in [
        "<h1>求人をさがす</h1>",
        "method=\"get\" action=\"/postings\" role=\"search\"",
        "の条件を外す",
        "id=\"results-heading\"",
        "role=\"status\"",
        "name=\"open\" value=\"basic\"",
        "name=\"open\" value=\"detail\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[tokio::test]
async fn what_could_not_be_read_is_said_before_the_results() {
    let (response, html) = get("/postings?wage_month=abc").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(html.contains("月の賃金（円以上）「abc」：0から9,999,999までの数字で入れてください。"), "{html}");
}

#[tokio::test]
async fn what_is_typed_into_the_address_is_never_markup() {
    let (_, html) = get("/postings?q=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&age=%22%3E%3Cimg%3E&name_not=%3Cb%3E").await;
    for raw in ["<script>alert(1)", "</title><script", "\"><img>", "<b>"] {
        assert!(!html.contains(raw), "{raw}: {html}");
    }
}

#[tokio::test]
async fn municipalities_of_a_prefecture_are_answered_and_may_be_kept_for_a_day() {
    let (response, body) = get("/api/places/13").await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=86400");
    assert!(body.starts_with("[{\"code\":\"13101\",\"name\":\"千代田区\"}"), "{body}");
    for path in ["/api/places/48", "/api/places/1", "/api/places/tokyo"] {
        assert_eq!(get(path).await.0.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
