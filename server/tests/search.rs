//! The search page and its JSON interface: what the real router answers.

mod site;

use axum::http::{StatusCode, header};
use site::get;

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
        "東京都の市区町村",
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
