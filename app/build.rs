//! Turns `locales/ja/*.json` into typed functions: `{"postings.total": "{count}件"}` in `postings.json`
//! becomes `text::postings_total(count)`. A key that a page names but no file has does not compile.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=locales/ja");
    // sqlx embeds the migrations when the crate is compiled.
    println!("cargo::rerun-if-changed=migrations");
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir("locales/ja").expect("locales/ja is part of the repository") {
        let path = entry.expect("locales/ja can be listed").path();
        let json = fs::read_to_string(&path).expect("a locale file can be read");
        let file: BTreeMap<String, String> = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (key, text) in file {
            assert!(texts.insert(key.clone(), text).is_none(), "the text {key} stands in two files");
        }
    }
    let mut code = String::new();
    for (key, text) in &texts {
        write_function(&mut code, key, text);
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("text.rs"), code).expect("OUT_DIR can be written");
}

/// One function a text: no placeholder gives `&'static str`, placeholders become parameters in order of appearance.
fn write_function(code: &mut String, key: &str, text: &str) {
    let name = key.replace(['.', '-'], "_");
    let names = placeholders(text);
    writeln!(code, "#[doc = {:?}]", text).expect("a String takes every write");
    if names.is_empty() {
        writeln!(code, "#[must_use] pub const fn {name}() -> &'static str {{ {text:?} }}").expect("a String takes every write");
        return;
    }
    let params: Vec<_> = names.iter().map(|n| format!("{n}: impl std::fmt::Display")).collect();
    writeln!(code, "#[must_use] pub fn {name}({}) -> String {{ format!({text:?}) }}", params.join(", "))
        .expect("a String takes every write");
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
