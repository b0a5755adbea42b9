//! Groonga: a table with an index of character bigrams over the texts, facts as references to small tables with indexes of their own,
//! facets as drilldowns. Its own command-line program on a database file; the time is what it reports itself, so that the pipe to it
//! costs it nothing.

use super::Failure;
use super::answer::{Answer, Of, Tally};
use super::draw::Question;
use super::measure::Peer;
use super::row::{Row, counted_bits, items};
use app::postings::search::index::{Doc, Phrase, Plan};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `groonga` on a database of its own.
pub struct Groonga {
    process: Child,
    commands: Option<BufWriter<ChildStdin>>,
    answers: BufReader<ChildStdout>,
}

/// Columns that refer to a table of their values, which has an index.
const REFERENCES: [(&str, &str, &str); 7] = [
    ("kind", "Kinds", "UInt8"),
    ("prefecture", "Prefectures", "UInt8"),
    ("municipality", "Municipalities", "UInt32"),
    ("form", "Forms", "UInt8"),
    ("groups", "Groups", "UInt8"),
    ("items", "Items", "UInt8"),
    ("flags", "Flags", "UInt8"),
];

/// Columns of numbers, with an index for ranges.
const AMOUNTS: [(&str, &str, &str); 3] =
    [("wage_month", "WagesMonth", "UInt32"), ("wage_hour", "WagesHour", "UInt32"), ("days_off", "DaysOff", "UInt16")];

impl Peer for Groonga {
    const NAME: &'static str = "Groonga";

    async fn fill(folder: &Path, docs: &[&Doc]) -> Result<Self, Failure> {
        let mut groonga = Self::start(folder)?;
        groonga.make_columns()?;
        let began = Instant::now();
        groonga.load(docs)?;
        println!("  loaded in {:.0} s", began.elapsed().as_secs_f64());
        let began = Instant::now();
        groonga.make_indexes()?;
        println!("  indexed in {:.0} s", began.elapsed().as_secs_f64());
        Ok(groonga)
    }

    async fn answer(&mut self, question: &Question) -> Result<Option<(Answer, Duration)>, Failure> {
        let (time, body) = self.run(&Select::of(question).command())?;
        Ok(Some((answer(&body)?, time)))
    }
}

impl Groonga {
    fn start(folder: &Path) -> Result<Self, Failure> {
        let mut process = Command::new("groonga")
            .arg("--log-path")
            .arg(folder.join("log"))
            .arg("-n")
            .arg(folder.join("db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("groonga does not start (Debian package groonga): {error}"))?;
        let commands = process.stdin.take().map(BufWriter::new);
        let answers = process.stdout.take().map(BufReader::new).ok_or("groonga has no output")?;
        Ok(Self { process, commands, answers })
    }

    /// Sends a command; gives the time that it says it took, and its answer.
    fn run(&mut self, command: &str) -> Result<(Duration, Value), Failure> {
        self.send(command)?;
        self.receive(command)
    }

    fn send(&mut self, line: &str) -> Result<(), Failure> {
        let commands = self.commands.as_mut().ok_or("groonga was stopped")?;
        commands.write_all(line.as_bytes())?;
        commands.write_all(b"\n")?;
        Ok(())
    }

    fn receive(&mut self, command: &str) -> Result<(Duration, Value), Failure> {
        self.commands.as_mut().ok_or("groonga was stopped")?.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let mut whole: Value = serde_json::from_str(&line).map_err(|error| format!("groonga answered {line:?}: {error}"))?;
        if whole[0][0] != 0 {
            return Err(format!("groonga refused {command}: {}", whole[0]).into());
        }
        let seconds = whole[0][2].as_f64().ok_or("groonga tells no time")?;
        Ok((Duration::from_secs_f64(seconds), whole[1].take()))
    }

    fn make_columns(&mut self) -> Result<(), Failure> {
        self.run("table_create Postings TABLE_NO_KEY")?;
        self.run("column_create Postings number COLUMN_SCALAR UInt64")?;
        self.run("column_create Postings texts COLUMN_SCALAR Text")?;
        for (column, table, key) in REFERENCES {
            self.run(&format!("table_create {table} TABLE_HASH_KEY {key}"))?;
            let shape = if matches!(column, "groups" | "items" | "flags") { "COLUMN_VECTOR" } else { "COLUMN_SCALAR" };
            self.run(&format!("column_create Postings {column} {shape} {table}"))?;
        }
        // The flags that facets count, apart: a drilldown over all flags would count forty more.
        self.run("table_create Counted TABLE_HASH_KEY UInt8")?;
        self.run("column_create Postings counted COLUMN_VECTOR Counted")?;
        for (column, table, key) in AMOUNTS {
            self.run(&format!("table_create {table} TABLE_PAT_KEY {key}"))?;
            self.run(&format!("column_create Postings {column} COLUMN_SCALAR {key}"))?;
        }
        Ok(())
    }

    fn load(&mut self, docs: &[&Doc]) -> Result<(), Failure> {
        self.send("load --table Postings")?;
        self.send("[")?;
        for (at, doc) in docs.iter().enumerate() {
            let comma = if at + 1 < docs.len() { "," } else { "" };
            self.send(&format!("{}{comma}", record(doc)))?;
        }
        self.send("]")?;
        self.receive("load")?;
        Ok(())
    }

    fn make_indexes(&mut self) -> Result<(), Failure> {
        // Without a normalizer, which would keep letters and digits in a row together, so that their parts were not found.
        self.run("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram")?;
        self.run("column_create Terms postings COLUMN_INDEX|WITH_POSITION Postings texts")?;
        for (column, table, _) in REFERENCES.into_iter().chain(AMOUNTS) {
            self.run(&format!("column_create {table} postings COLUMN_INDEX Postings {column}"))?;
        }
        Ok(())
    }
}

impl Drop for Groonga {
    /// It ends when its input does.
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Err(error) = self.process.wait() {
            eprintln!("groonga did not end: {error}");
        }
    }
}

fn record(doc: &Doc) -> Value {
    let row = Row::of(doc);
    let facts = &doc.facts;
    json!({
        "number": facts.number,
        "texts": row.texts,
        "kind": facts.kind,
        "prefecture": facts.prefecture,
        "municipality": facts.municipality,
        "form": facts.form,
        "groups": bits(row.groups.into()).collect::<Vec<_>>(),
        "items": items(doc).collect::<Vec<_>>(),
        "flags": bits(facts.flags).collect::<Vec<_>>(),
        "counted": bits(facts.flags & counted_bits()).collect::<Vec<_>>(),
        "wage_month": facts.wage_month,
        "wage_hour": facts.wage_hour,
        "days_off": facts.days_off,
    })
}

fn bits(word: u64) -> impl Iterator<Item = u8> {
    (0..64).filter(move |bit| word >> bit & 1 == 1)
}

/// The facets, each with its column and the name that its counts come under.
const FACETS: [(&str, Of); 5] =
    [("kind", Of::Kind), ("prefecture", Of::Prefecture), ("groups", Of::Groups), ("form", Of::Form), ("counted", Of::Flags)];

/// A query as one `select`: what is asked beside the facets' own conditions is the filter, each facet's count a slice of that.
struct Select {
    rest: String,
    /// In the order of [`FACETS`]; flags have none.
    own: [Option<String>; 5],
    offset: usize,
}

impl Select {
    fn of(question: &Question) -> Self {
        let plan = &question.plan;
        let place = [any("prefecture ==", &plan.prefectures), any("municipality ==", &plan.cities)];
        let occupation = [any("groups @", &plan.groups.iter().map(|group| group - 1).collect::<Vec<_>>()), any("items @", &plan.items)];
        let own = [any("kind ==", &plan.kinds), either(place), either(occupation), any("form ==", &plan.forms), None];
        Self { rest: rest(plan), own, offset: (question.query.page() - 1) * question.query.per_page() }
    }

    /// The conditions of all facets but one.
    fn others(&self, but: Option<usize>) -> String {
        let others: Vec<&str> =
            self.own.iter().enumerate().filter(|(at, _)| Some(*at) != but).filter_map(|(_, own)| own.as_deref()).collect();
        others.join(" && ")
    }

    fn command(&self) -> String {
        let mut command = Parameters::default();
        if !self.rest.is_empty() {
            command.add("filter", &self.rest);
        }
        let all = self.others(None);
        let main = if all.is_empty() { String::new() } else { slice(&mut command, "all", &all) };
        self.page(&mut command, &main);
        if !main.is_empty() {
            command.add("limit", "0");
        }
        for (at, (column, _)) in FACETS.iter().enumerate() {
            let place = match &self.own[at] {
                None => main.clone(),
                Some(_) => match self.others(Some(at)) {
                    others if others.is_empty() => String::new(),
                    others => slice(&mut command, column, &others),
                },
            };
            if !place.is_empty() && self.own[at].is_some() {
                command.add(&format!("{place}limit"), "0");
            }
            command.add(&format!("{place}drilldowns[{column}].keys"), column);
            command.add(&format!("{place}drilldowns[{column}].output_columns"), "_key,_nsubrecs");
            command.add(&format!("{place}drilldowns[{column}].limit"), "-1");
        }
        command.finish()
    }

    fn page(&self, command: &mut Parameters, place: &str) {
        command.add(&format!("{place}output_columns"), "number");
        command.add(&format!("{place}sort_keys"), "_id");
        command.add(&format!("{place}offset"), &self.offset.to_string());
        command.add(&format!("{place}limit"), "30");
    }
}

/// A part of what the filter found.
fn slice(command: &mut Parameters, label: &str, filter: &str) -> String {
    let place = format!("slices[{label}].");
    command.add(&format!("{place}filter"), filter);
    place
}

/// The command in the form of a URL, which needs no quoting but percent signs.
struct Parameters(String);

impl Default for Parameters {
    fn default() -> Self {
        Self("/d/select?table=Postings&cache=no&match_escalation=no".to_owned())
    }
}

impl Parameters {
    fn add(&mut self, name: &str, value: &str) {
        self.0.push('&');
        for part in [name, "=", value] {
            if part == "=" {
                self.0.push('=');
                continue;
            }
            for byte in part.bytes() {
                if byte.is_ascii_alphanumeric() || b"_-.,".contains(&byte) {
                    self.0.push(char::from(byte));
                } else {
                    // Writing into a String does not fail.
                    let _infallible = write!(self.0, "%{byte:02X}");
                }
            }
        }
    }

    fn finish(self) -> String {
        self.0
    }
}

fn rest(plan: &Plan) -> String {
    let mut all: Vec<String> = plan.all.iter().filter_map(|phrases| joined(phrases.iter().map(contains))).collect();
    all.extend(bits(plan.must).map(|flag| format!("flags @ {flag}")));
    for (column, least) in [("wage_month", plan.wage_month), ("wage_hour", plan.wage_hour), ("days_off", plan.days_off.map(u32::from))] {
        all.extend(least.map(|least| format!("{column} >= {least}")));
    }
    // What is excluded needs something to be taken from.
    let mut filter = if all.is_empty() { "all_records()".to_owned() } else { all.join(" && ") };
    let none = plan.none.iter().map(contains).chain(bits(plan.must_not).map(|flag| format!("flags @ {flag}")));
    for condition in none {
        filter.push_str(" &! ");
        filter.push_str(&condition);
    }
    if filter == "all_records()" { String::new() } else { filter }
}

fn contains(phrase: &Phrase) -> String {
    format!("texts @ \"{}\"", phrase.text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn any<T: std::fmt::Display>(condition: &str, values: &[T]) -> Option<String> {
    joined(values.iter().map(|value| format!("{condition} {value}")))
}

fn either<const N: usize>(conditions: [Option<String>; N]) -> Option<String> {
    joined(conditions.into_iter().flatten())
}

fn joined(conditions: impl Iterator<Item = String>) -> Option<String> {
    let conditions: Vec<String> = conditions.collect();
    (!conditions.is_empty()).then(|| format!("({})", conditions.join(" || ")))
}

/// Reads the answer: the records found, then slices, then drilldowns.
fn answer(body: &Value) -> Result<Answer, Failure> {
    let mut read = Answer::default();
    let mut tally = Tally::new();
    let parts = body.as_array().ok_or("groonga answered no list")?;
    let mut records = parts.first().ok_or("groonga answered nothing")?;
    for more in &parts[1..] {
        for (label, value) in more.as_object().into_iter().flatten() {
            if let Some(of) = FACETS.iter().find(|(column, _)| column == label).filter(|_| !is_slice(value)) {
                count(value, of.1, &mut tally)?;
                continue;
            }
            if label == "all" {
                records = value;
            }
            for (column, counts) in value.as_array().into_iter().flatten().filter_map(Value::as_object).flatten() {
                let of = FACETS.iter().find(|(name, _)| name == column).ok_or("groonga counted something else")?;
                count(counts, of.1, &mut tally)?;
            }
        }
    }
    read.total = u32::try_from(records[0][0].as_u64().ok_or("groonga tells no total")?)?;
    read.page = records.as_array().into_iter().flatten().skip(2).filter_map(|record| record[0].as_u64()).collect();
    read.facets = tally.facets();
    Ok(read)
}

/// A slice holds records and, behind them, an object of drilldowns; a drilldown holds rows only.
fn is_slice(value: &Value) -> bool {
    value.as_array().is_some_and(|parts| parts.iter().any(Value::is_object))
}

/// A drilldown's rows, behind their number and the columns' names.
fn count(drilldown: &Value, of: Of, tally: &mut Tally) -> Result<(), Failure> {
    for row in drilldown.as_array().into_iter().flatten().skip(2) {
        let (key, count) = (row[0].as_u64().ok_or("no key")?, u32::try_from(row[1].as_u64().ok_or("no count")?)?);
        let value = if matches!(of, Of::Groups | Of::Flags) { 1 << key } else { key };
        tally.add(of, value, count);
    }
    Ok(())
}
