//! `mypage staff add`, as an operator runs it.

use std::process::{Command, Output};

fn add(email: &str, data: &std::path::Path, flags: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mypage"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MYPAGE_")) {
        command.env_remove(name);
    }
    command.args(["staff", "add", email, "--data"]).arg(data).arg("--database-url").arg(format!("sqlite://{}/test.db", data.display()));
    command.args(flags).output().expect("the program runs")
}

#[test]
fn staff_is_added_by_a_link_and_a_mail_that_waits_for_the_service() {
    let data = tempfile::tempdir().expect("a folder");
    let output = add("shokuin@example.jp", data.path(), &["--demo", "--origin", "https://mypage.example"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = said.lines().last().unwrap_or_default();
    let token = link.strip_prefix("https://mypage.example/account/invitation?t=").unwrap_or_else(|| panic!("{said}"));
    assert_eq!(token.len(), 64);
    assert!(data.path().join("demo-keys").exists());
}

#[test]
fn without_a_key_or_with_what_is_no_address_nobody_is_added() {
    let data = tempfile::tempdir().expect("a folder");
    for (email, flags, says) in [("shokuin@example.jp", &[][..], "MYPAGE_SESSION_KEY"), ("shokuin", &["--demo"][..], "メールアドレス")]
    {
        let output = add(email, data.path(), flags);
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{email}");
    }
    assert!(!data.path().join("demo-keys").exists());
}
