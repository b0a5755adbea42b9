//! What a browser is called in the list of devices.

use crate::text;

/// Marks of a browser in its user agent, most telling first: Edge also says Chrome, Chrome also says Safari.
const BROWSERS: [(&str, &str); 9] = [
    ("Line/", "LINE"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
];

/// Marks of a system, most telling first: Android also says Linux.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// A plain name from a user agent: 「AndroidのChrome」. Nothing of the header's own text is kept.
#[must_use]
pub fn device_name(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let safari = || user_agent.contains("Safari/").then_some("Safari");
    match (named(&SYSTEMS), named(&BROWSERS).or_else(safari)) {
        (Some(system), Some(browser)) => text::account_device(system, browser),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text::account_device_unknown().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_plain_name() {
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "AndroidのChrome",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "iPhoneのSafari",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "WindowsのEdge",
            ),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "MacのFirefox"),
            ("curl/8.0", "不明な端末"),
            ("<script>", "不明な端末"),
            ("", "不明な端末"),
        ] {
            assert_eq!(device_name(user_agent), name);
        }
    }
}
