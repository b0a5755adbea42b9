//! 職歴: what the person has done so far. Nobody has to name a company or say why they left.

use super::{Section, YearMonth, answers::Has, check::Check, plain_text, text_form::choices};
use crate::{
    date::Date,
    form::{Checked, Code, FieldErrors},
    occupations::PickerItemId,
};
use serde::{Deserialize, Serialize};

/// What `to` holds for a job that goes on (在職中).
pub const STILL_THERE: &str = "current";

choices! {
    /// 雇用形態.
    JobForm {
        /// 正社員
        Regular = "regular" registration_choice_job_form_regular,
        /// 正社員以外
        NonRegular = "non-regular" registration_choice_job_form_non_regular,
        /// 派遣
        Dispatch = "dispatch" registration_choice_job_form_dispatch,
        /// パート・アルバイト
        Part = "part" registration_choice_job_form_part,
        /// 自営
        SelfEmployed = "self-employed" registration_choice_job_form_self_employed,
        /// その他
        Other = "other" registration_choice_job_form_other,
    }
}

choices! {
    /// 退職の理由; nobody has to say.
    LeavingReason {
        /// 会社都合
        Company = "company" registration_choice_leaving_reason_company,
        /// 自己都合
        Own = "own" registration_choice_leaving_reason_own,
        /// 契約期間満了
        ContractEnd = "contract-end" registration_choice_leaving_reason_contract_end,
        /// 定年
        RetirementAge = "retirement-age" registration_choice_leaving_reason_retirement_age,
        /// その他
        Other = "other" registration_choice_leaving_reason_other,
        /// 書きたくない
        Unsaid = "unsaid" registration_choice_leaving_reason_unsaid,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub has_history: String,
    pub jobs: Vec<JobInput>,
}

/// An entry of the history as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct JobInput {
    pub company: String,
    pub from: String,
    /// A month, [`STILL_THERE`] or nothing.
    pub to: String,
    pub form: String,
    pub occupation: String,
    pub duties: String,
    pub reason: String,
}

/// When a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// In this month.
    In(YearMonth),
    /// 在職中.
    Current,
    /// Not said.
    Unsaid,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Job {
    pub company: Option<String>,
    pub from: YearMonth,
    pub to: End,
    pub form: JobForm,
    pub occupation: PickerItemId,
    pub duties: String,
    pub reason: Option<LeavingReason>,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valid {
    /// 職歴の有無.
    pub has_history: Has,
    /// Newest first; none where there is no history.
    pub jobs: Vec<Job>,
}

/// Checks the section as of `today`. Jobs may be written in any order: the values have the newest first.
#[must_use]
pub fn validate(input: &Input, today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::History);
    let has_history = check.parsed("has_history", &input.has_history);
    check.ask("jobs", has_history == Some(Has::Yes));
    let jobs = jobs(&mut check, &input.jobs, today);
    check.finish(has_history.map(|has_history| Valid { has_history, jobs }))
}

/// The jobs; entries of which nothing is filled in are passed over.
fn jobs(check: &mut Check, entries: &[JobInput], today: Date) -> Vec<Job> {
    let filled: Vec<(usize, &JobInput)> = entries.iter().enumerate().filter(|(_, entry)| !is_blank(entry)).collect();
    if !check.counted("jobs", filled.len()) {
        return Vec::new();
    }
    let mut jobs: Vec<(usize, Job)> = Vec::new();
    for (place, entry) in filled {
        let checked = job(entry, today);
        check.merge_entry("jobs", place, checked.errors);
        jobs.extend(checked.valid.map(|job| (place, job)));
    }
    for (at, (place, job)) in jobs.iter().enumerate() {
        if jobs[..at].iter().any(|(_, other)| overlap(job, other)) {
            let mut warning = FieldErrors::default();
            warning.add("from", Code::Overlap);
            check.merge_entry("jobs", *place, warning);
        }
    }
    let mut jobs: Vec<Job> = jobs.into_iter().map(|(_, job)| job).collect();
    jobs.sort_by_key(|job| std::cmp::Reverse(job.from));
    jobs
}

fn is_blank(entry: &JobInput) -> bool {
    let JobInput { company, from, to, form, occupation, duties, reason } = entry;
    [company, from, to, form, occupation, duties, reason].into_iter().all(|text| plain_text::is_blank(text))
}

fn job(entry: &JobInput, today: Date) -> Checked<Job> {
    let mut check = Check::entry(Section::History, "jobs");
    let company = check.line("company", &entry.company);
    let from: Option<YearMonth> = check.parsed("from", &entry.from);
    if from.is_some() && from > YearMonth::of(today) {
        check.add("from", Code::InTheFuture);
    }
    let to = end(&mut check, &entry.to, from, today);
    let form = check.parsed("form", &entry.form);
    let item = |code: &str| PickerItemId::from_code(code.trim()).ok_or(Code::UnknownOccupation);
    let occupation = check.value("occupation", &entry.occupation, item);
    let duties = check.lines("duties", &entry.duties);
    let reason = check.parsed("reason", &entry.reason);
    let valid = || Some(Job { company, from: from?, to, form: form?, occupation: occupation?, duties: duties?, reason });
    let valid = valid();
    check.finish(valid)
}

/// When the job ended. Beginning and end may lie in the same month.
fn end(check: &mut Check, raw: &str, from: Option<YearMonth>, today: Date) -> End {
    if raw.trim() == STILL_THERE {
        return End::Current;
    }
    let Some(to) = check.parsed::<YearMonth>("to", raw) else { return End::Unsaid };
    if from.is_some_and(|from| to < from) {
        check.add("to", Code::Reversed);
    } else if Some(to) > YearMonth::of(today) {
        check.add("to", Code::InTheFuture);
    }
    End::In(to)
}

/// Whether two jobs share more than the month in which one ended and the other began. An end that is not said overlaps nothing.
fn overlap(one: &Job, other: &Job) -> bool {
    let span = |job: &Job| match job.to {
        End::In(to) => Some((job.from.index(), to.index())),
        End::Current => Some((job.from.index(), i32::MAX)),
        End::Unsaid => None,
    };
    let (Some((from, to)), Some((other_from, other_to))) = (span(one), span(other)) else { return false };
    from < other_to && other_from < to
}
