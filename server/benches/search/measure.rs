//! Times: of runs, of queries, of other engines.

use super::Failure;
use super::answer::Answer;
use super::draw::{Class, Question};
use app::postings::search::index::Doc;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Median, 99th of a hundred, and the longest of some times.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// Half are no longer.
    pub median: Duration,
    /// 99 of a hundred are no longer.
    pub p99: Duration,
    /// The longest.
    pub most: Duration,
}

impl Spread {
    /// Of these times.
    pub fn of(times: &[Duration]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        let at = |percent: usize| sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default();
        Self { median: at(50), p99: at(99), most: at(100) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "median {}, 99th of 100 {}, longest {}", milliseconds(self.median), milliseconds(self.p99), milliseconds(self.most))
    }
}

/// `1.234 ms`.
pub fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 100.0 { format!("{ms:.3} ms") } else { format!("{ms:.0} ms") }
}

/// The median time of `runs` runs after `warm` ones.
///
/// # Errors
/// That of a run.
pub fn median_of_runs<E>(warm: usize, runs: usize, mut run: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    (0..warm).try_for_each(|_| run())?;
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let began = Instant::now();
        run()?;
        times.push(began.elapsed());
    }
    Ok(Spread::of(&times).median)
}

/// Prints the slowest queries.
pub fn tell_slowest(questions: &[Question], times: &[Duration], shown: usize) {
    let mut slowest: Vec<(&Question, Duration)> = questions.iter().zip(times.iter().copied()).collect();
    slowest.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    println!("  The slowest:");
    for (question, time) in slowest.into_iter().take(shown) {
        println!("    {:>10}  {:<12} {:>8} hits  {}", milliseconds(time), question.class.name(), question.total, readable(question));
    }
}

fn readable(question: &Question) -> String {
    let conditions = question.query.conditions().map(|(param, value)| format!("{}={value}", param.name()));
    conditions.chain([format!("page={}", question.query.page())]).collect::<Vec<_>>().join(" ")
}

/// Another engine, filled with the same postings.
pub trait Peer: Sized {
    /// For the operator.
    const NAME: &'static str;

    /// Fills it in an empty folder; tells how long what took.
    async fn fill(folder: &Path, docs: &[&Doc]) -> Result<Self, Failure>;

    /// Answers a query: the answer and how long it took. `None` if it gave up after [`GIVES_UP`].
    async fn answer(&mut self, question: &Question) -> Result<Option<(Answer, Duration)>, Failure>;
}

/// A peer's query may take so long; one that does not answer in it is counted with this time.
pub const GIVES_UP: Duration = Duration::from_secs(10);

/// What a peer is measured with.
pub struct Given<'a> {
    /// The postings, newest first.
    pub docs: &'a [&'a Doc],
    /// The queries.
    pub questions: &'a [Question],
    /// Their right answers.
    pub answers: &'a [Answer],
    /// How long all its queries may take together.
    pub patience: Duration,
}

/// What was measured of a peer.
pub struct Measured {
    /// Its name.
    pub name: &'static str,
    /// For each query that it was asked: its place and the median time.
    pub times: Vec<(usize, Duration)>,
}

/// Fills a peer, compares its answers with ours, then times it.
///
/// # Errors
/// If it fails or answers something else.
pub async fn measure_peer<P: Peer>(scratch: &Path, given: &Given<'_>) -> Result<Measured, Failure> {
    println!("\n{}", P::NAME);
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(scratch)?;
    let began = Instant::now();
    let mut peer = P::fill(folder.path(), given.docs).await?;
    println!("  filled in {:.0} s altogether", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let mut measured = Measured { name: P::NAME, times: Vec::new() };
    let (mut gave_up, mut differing) = (0, Vec::new());
    for (at, (question, expected)) in given.questions.iter().zip(given.answers).enumerate() {
        if began.elapsed() > given.patience {
            break;
        }
        let Some((answer, first)) = peer.answer(question).await? else {
            gave_up += 1;
            measured.times.push((at, GIVES_UP));
            continue;
        };
        if answer != *expected {
            differing.push(format!("{}: {} instead of {}", question.query.to_url(), answer.total, expected.total));
            continue;
        }
        measured.times.push((at, median(&mut peer, question, first).await?));
    }
    if !differing.is_empty() {
        return Err(format!("{} finds something else:\n{}", P::NAME, differing.join("\n")).into());
    }
    println!(
        "  {} of {} queries in {:.0} s, the answers equal; gave up after {} s: {gave_up}",
        measured.times.len(),
        given.questions.len(),
        began.elapsed().as_secs_f64(),
        GIVES_UP.as_secs()
    );
    let (questions, times): (Vec<&Question>, Vec<Duration>) =
        measured.times.iter().map(|(at, time)| (&given.questions[*at], *time)).unzip();
    for class in Class::ALL {
        let own: Vec<Duration> = questions.iter().zip(&times).filter(|(q, _)| q.class == *class).map(|(_, time)| *time).collect();
        println!("  {:<14} {}", class.name(), Spread::of(&own));
    }
    Ok(measured)
}

/// The median of some runs more: many of a quick query, few of a slow one.
async fn median<P: Peer>(peer: &mut P, question: &Question, first: Duration) -> Result<Duration, Failure> {
    let runs = match first.as_millis() {
        0..200 => 5,
        200..1000 => 3,
        _ => 1,
    };
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(peer.answer(question).await?.map_or(GIVES_UP, |(_, time)| time));
    }
    Ok(Spread::of(&times).median)
}
