//! Equality first: every query is answered by looking at every posting, and must come out the same.

use super::answer::Answer;
use super::draw::Question;
use super::{Failure, VIEWER};
use app::date::Date;
use app::postings::search::index::{Scan, SearchIndex, number_key};
use std::sync::Mutex;
use std::time::Instant;

/// Our answers, each equal to that of the scan.
///
/// # Errors
/// If the index does not answer, or finds something else.
pub fn check(index: &SearchIndex, scan: &Scan, questions: &[Question], today: Date) -> Result<Vec<Answer>, Failure> {
    let began = Instant::now();
    let answers: Vec<Answer> =
        questions.iter().map(|question| Ok(Answer::of(&index.search(&question.query, VIEWER, today)?))).collect::<Result<_, Failure>>()?;
    let waiting = Mutex::new(questions.iter().zip(&answers));
    let differing: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(|| differing(scan, &waiting))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|_| vec!["a scan broke off".to_owned()])).collect()
    });
    if !differing.is_empty() {
        return Err(format!("the index finds something else than a scan:\n{}", differing.join("\n")).into());
    }
    println!("All {} answers equal those of a scan ({:.0} s).", answers.len(), began.elapsed().as_secs_f64());
    Ok(answers)
}

fn differing<'a>(scan: &Scan, waiting: &Mutex<impl Iterator<Item = (&'a Question, &'a Answer)>>) -> Vec<String> {
    let mut differing = Vec::new();
    loop {
        let next = waiting.lock().map(|mut waiting| waiting.next());
        let Ok(Some((question, answer))) = next else { return differing };
        let (total, facets, page) = scan.search(&question.query, VIEWER);
        let scanned = Answer { total, facets, page: page.iter().map(number_key).collect() };
        if scanned != *answer {
            differing.push(question.query.to_url());
        }
    }
}
