//! The commands that bring postings, as an operator runs them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder of an operator of its own: database, data and deliveries.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a scratch folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mypage"));
        command
            .env_clear()
            .env("MYPAGE_DATABASE_URL", format!("sqlite://{}", self.path("mypage.db")))
            .env("MYPAGE_DATA", self.path("data"));
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }
}

fn data(number: &str, title: &str) -> String {
    format!(
        "<data><kjno>{number}</kjno><uktkymd_seireki>2026/04/01</uktkymd_seireki><kjyukoymd>2026/06/30</kjyukoymd><sksu>{title}</sksu></data>"
    )
}

fn document(postings: &[String]) -> String {
    format!("<root><kyujin>{}</kyujin></root>", postings.concat())
}

fn many(count: u32) -> String {
    document(&(0..count).map(|serial| data(&format!("13010-{serial}"), "事務員")).collect::<Vec<_>>())
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_delivery_is_counted_and_the_same_one_again_changes_nothing() {
    let desk = Desk::new();
    let file = desk.write("delivery.xml", &many(40));
    let first = desk.run(&["import", &file]);
    assert!(first.status.success(), "{}", err(&first));
    assert_eq!(out(&first), "読み込み 40 件: 新規 40、変更 0、変更なし 0、取り込めず 0\n");
    assert_eq!(err(&first), "", "no bar without a terminal");
    let again = desk.run(&["import", &file]);
    assert_eq!(out(&again), "読み込み 40 件: 新規 0、変更 0、変更なし 40、取り込めず 0\n");
}

#[test]
fn rejected_postings_are_named_on_the_terminal_and_in_a_file_and_do_not_fail_the_import() {
    let desk = Desk::new();
    let file = desk.write("delivery.xml", &document(&[data("13010-1", "事務員"), data("13010-2", ""), data("99999-3", "偽")]));
    let list = desk.path("rejections.tsv");
    let output = desk.run(&["import", &file, "--rejections", &list]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(out(&output).contains("新規 1、変更 0、変更なし 0、取り込めず 2"), "{}", out(&output));
    let listed = std::fs::read_to_string(&list).expect("the list was written");
    let lines: Vec<Vec<_>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(
        lines.iter().map(|line| (line[0], line[1], line[2])).collect::<Vec<_>>(),
        [(&*file, "99999-3", "kjno"), (&*file, "13010-2", "sksu")]
    );
    for line in listed.lines() {
        assert!(err(&output).contains(line), "{}", err(&output));
    }
}

#[test]
fn a_folder_with_a_broken_file_imports_the_others_says_where_it_broke_and_fails() {
    let desk = Desk::new();
    desk.write("delivery/1.xml", &many(10)[..500]);
    desk.write("delivery/2.xml", &document(&[data("27010-1", "看護師")]));
    let output = desk.run(&["import", &desk.path("delivery"), "--complete"]);
    assert!(!output.status.success());
    assert!(out(&output).starts_with("読み込み 1 件: 新規 1、"), "{}", out(&output));
    let told = err(&output);
    assert!(told.contains("1.xml") && told.contains("バイト") && told.contains("掲載終了の反映は行いませんでした"), "{told}");
}

#[test]
fn what_comes_through_the_standard_input_is_imported() {
    let desk = Desk::new();
    let mut child = desk.command(&["import", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(many(7).as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(out(&output).starts_with("読み込み 7 件: 新規 7、"), "{}", out(&output));
}

#[test]
fn a_complete_delivery_closes_what_it_lacks_unless_that_is_too_much() {
    let desk = Desk::new();
    let (all, most, few) = (desk.write("all.xml", &many(20)), desk.write("most.xml", &many(18)), desk.write("few.xml", &many(5)));
    assert!(desk.run(&["import", &all]).status.success());
    assert!(out(&desk.run(&["import", &most, "--complete"])).contains("掲載終了 2"));
    let refused = desk.run(&["import", &few, "--complete"]);
    assert!(!refused.status.success());
    assert!(err(&refused).contains("18 件のうち 13 件") && err(&refused).contains("--force-close"), "{}", err(&refused));
    let forced = desk.run(&["import", &few, "--complete", "--force-close"]);
    assert!(forced.status.success() && out(&forced).contains("掲載終了 13"), "{}", out(&forced));
}

#[test]
fn what_cannot_be_read_or_understood_is_named() {
    let desk = Desk::new();
    let missing = desk.run(&["import", &desk.path("missing.xml")]);
    assert!(!missing.status.success() && err(&missing).contains("missing.xml"), "{}", err(&missing));
    let file = desk.write("delivery.xml", &many(1));
    let tags = desk.run(&["import", &file, "--barrier-free", "lift=x"]);
    assert!(!tags.status.success() && err(&tags).contains("lift=x"), "{}", err(&tags));
    let sync = desk.run(&["sync", "--url", "http://127.0.0.1:9", "--id", "見本"]);
    assert!(!sync.status.success() && err(&sync).contains("MYPAGE_FEED_PASSWORD"), "{}", err(&sync));
}

#[test]
fn two_imports_at_once_both_succeed_and_keep_each_posting_once() {
    let desk = Desk::new();
    let file = desk.write("delivery.xml", &many(3_000));
    // The first one makes the schema: two programs that migrate a new database at once are another story.
    assert!(desk.run(&["import", &desk.write("one.xml", &many(1))]).status.success());
    let start = || desk.command(&["import", &file]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let outputs = [start(), start()].map(|child| child.wait_with_output().expect("it ends"));
    for output in &outputs {
        assert!(output.status.success(), "{}", err(output));
    }
    let output = desk.run(&["import", &file]);
    assert!(out(&output).contains("新規 0、変更 0、変更なし 3000"), "{}", out(&output));
}
