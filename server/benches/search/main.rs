//! `make bench`: what the search finds beside a scan of every posting, how long it takes, and what other engines take for the same.
//!
//! The queries are drawn anew each run. Equality comes first: a search that finds something else is not timed, it is an error.
//! Every engine works on one thread, warm, and gives total, facets and the numbers of the page. Ours gives the page's rows too.

mod answer;
mod draw;
mod equality;
mod groonga;
mod measure;
mod postgres;
mod row;
mod sql;
mod sqlite;
mod table;

use app::clock::Clock;
use app::date::Date;
use app::postings::Viewer;
use app::postings::search::index::{Scan, SearchIndex};
use clap::Parser;
use draw::Question;
use measure::{Measured, Spread, measure_peer};
use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use table::Table;

/// Any failure, told to the operator in one line.
type Failure = Box<dyn Error + Send + Sync>;

/// Who searches. What only registered seekers see, the other engines are not given.
const VIEWER: Viewer = Viewer::Anyone;
/// What the median of all queries may take in process.
const MEDIAN_LIMIT: Duration = Duration::from_millis(2);
/// What all but one query in a hundred may take in process.
const P99_LIMIT: Duration = Duration::from_millis(20);
/// How many of the slowest queries are shown.
const SHOWN: usize = 12;

/// Times the search on the postings of a data folder.
#[derive(Parser)]
struct Options {
    /// The data folder of an import; its index is read.
    #[arg(long)]
    data: PathBuf,
    /// Where the other engines keep what they need while they are measured; it grows to gigabytes.
    #[arg(long)]
    scratch: PathBuf,
    /// Draws the queries; another one each run unless given.
    #[arg(long)]
    seed: Option<u64>,
    /// How many queries.
    #[arg(long, default_value_t = 200)]
    queries: usize,
    /// The engines to compare with: groonga, postgres, sqlite; empty for none.
    #[arg(long, value_delimiter = ',', default_value = "groonga,postgres,sqlite")]
    peers: Vec<String>,
    /// How long the queries of one peer may take altogether; those that are left out are told.
    #[arg(long, default_value_t = 300)]
    peer_seconds: u64,
    /// Writes the table's lines into this file, tab-separated.
    #[arg(long)]
    table: Option<PathBuf>,
    /// Writes the queries as paths of the site into this file.
    #[arg(long)]
    urls: Option<PathBuf>,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let today = Clock::default().today();
    let began = Instant::now();
    let index = SearchIndex::open(options.data.join("index"))?;
    println!("The index opens in {:.1} s.", began.elapsed().as_secs_f64());
    let scan = Scan::of(&index, today)?;
    let docs = scan.docs();
    let seed = options.seed.unwrap_or_else(|| fastrand::u64(..1_000_000));
    println!("{} open postings on {today}; seed {seed}.", docs.len());
    let questions = draw::draw(&index, &docs, today, seed, options.queries)?;
    draw::tell(&questions);
    if let Some(path) = &options.urls {
        std::fs::write(path, questions.iter().map(|question| question.query.href() + "\n").collect::<String>())?;
    }
    let ours = equality::check(&index, &scan, &questions, today)?;
    let mut table = Table::default();
    let times = time_ours(&index, &questions, today, &mut table)?;
    for peer in options.peers.iter().filter(|peer| !peer.is_empty()) {
        let given =
            measure::Given { docs: &docs, questions: &questions, answers: &ours, patience: Duration::from_secs(options.peer_seconds) };
        let measured = match peer.as_str() {
            "groonga" => measure_peer::<groonga::Groonga>(&options.scratch, &given).await?,
            "postgres" => measure_peer::<postgres::Postgres>(&options.scratch, &given).await?,
            "sqlite" => measure_peer::<sqlite::Sqlite>(&options.scratch, &given).await?,
            other => return Err(format!("{other} is no engine that this compares with").into()),
        };
        compare(&measured, &times, &mut table);
    }
    table.print();
    options.table.map_or(Ok(()), |path| table.write(&path))?;
    Ok(())
}

/// The median time of each query.
fn time_ours(index: &SearchIndex, questions: &[Question], today: Date, table: &mut Table) -> Result<Vec<Duration>, Failure> {
    let mut times = Vec::with_capacity(questions.len());
    for question in questions {
        times.push(measure::median_of_runs(2, 9, || index.search(&question.query, VIEWER, today).map(|_results| ()))?);
    }
    let spread = Spread::of(&times);
    println!("\nOurs, {} queries: {spread}", questions.len());
    for class in draw::Class::ALL {
        let own: Vec<Duration> =
            questions.iter().zip(&times).filter(|(question, _)| question.class == *class).map(|(_, time)| *time).collect();
        println!("  {:<14} {}", class.name(), Spread::of(&own));
    }
    measure::tell_slowest(questions, &times, SHOWN);
    table.limit("Search, median", spread.median, MEDIAN_LIMIT);
    table.limit("Search, 99th of 100", spread.p99, P99_LIMIT);
    Ok(times)
}

/// Compares a peer with us over the queries that it answered.
fn compare(peer: &Measured, ours: &[Duration], table: &mut Table) {
    let same: Vec<Duration> = peer.times.iter().map(|(at, _)| ours[*at]).collect();
    let theirs: Vec<Duration> = peer.times.iter().map(|(_, time)| *time).collect();
    let (mine, spread) = (Spread::of(&same), Spread::of(&theirs));
    println!("{}: {spread}", peer.name);
    table.ratio(&format!("Search, median: {}", peer.name), mine.median, spread.median);
    table.ratio(&format!("Search, 99th of 100: {}", peer.name), mine.p99, spread.p99);
    let slower = peer.times.iter().filter(|(at, time)| *time < ours[*at]).count();
    table.plain(&format!("Queries where {} was faster", peer.name), slower, peer.times.len());
}
