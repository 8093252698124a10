//! What all families share: which there are, in which ways; their jobs and records.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::pin::Pin;

use serde::Serialize;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use super::{await_completed, await_suspended, cancel, parallel_cpu, spawn_join, timers};
use crate::contract::{self, now_ns, serve_harness, Error, RawJob, Span};

/// A way of doing a family does an iteration.
type Way = fn(&'static Job, usize) -> Pin<Box<dyn Future<Output = io::Result<Fields>> + Send>>;

/// What a family adds to the record of an iteration.
#[derive(Clone, Copy, Serialize)]
pub struct Fields {
    pub checksum: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_ns: Option<u64>,
}

impl From<u32> for Fields {
    fn from(checksum: u32) -> Self {
        Self {
            checksum,
            cancel_ns: None,
        }
    }
}

/// A family's way, and the names of the family's own parameters.
fn find(family: &str, way: &str) -> Option<(Way, &'static [&'static str])> {
    let (way, own): (Way, &[_]) = match (family, way) {
        ("timers", "task" | "task-single") => {
            (|job, i| Box::pin(timers::sleep(job, i)), &["delay_ns"])
        }
        ("await-completed", "task-single") => {
            (|job, i| Box::pin(await_completed::ready(job, i)), &[])
        }
        ("await-suspended", "task" | "task-single") => {
            (|job, i| Box::pin(await_suspended::tasks(job, i)), &[])
        }
        ("spawn-join", "task" | "task-single") => {
            (|job, i| Box::pin(spawn_join::spawn(job, i)), &[])
        }
        ("spawn-join", "yield-once") => (|job, i| Box::pin(spawn_join::yield_once(job, i)), &[]),
        ("cancel", "task" | "task-single") => (|job, i| Box::pin(cancel::abort(job, i)), &[]),
        ("parallel-cpu", "spawn-blocking") => (
            |job, i| Box::pin(parallel_cpu::spawn_blocking(job, i)),
            &["rounds", "workers"],
        ),
        _ => return None,
    };
    Some((way, own))
}

/// What to do: a size, the seed of the values, and a family's own.
pub struct Job {
    pub size: usize,
    seed: u64,
    pub own: BTreeMap<String, u64>,
}

impl Job {
    /// The k-th value of an iteration.
    pub fn value(&self, iteration: usize, k: usize) -> u32 {
        (self.seed + iteration as u64 + k as u64) as u32
    }

    /// The values of an iteration, in their order.
    pub fn values(&self, iteration: usize) -> impl Iterator<Item = u32> + '_ {
        (0..self.size).map(move |k| self.value(iteration, k))
    }
}

/// Folds one value more into a checksum, which starts as 0.
pub fn fold(checksum: u32, value: u32) -> u32 {
    checksum.wrapping_mul(31).wrapping_add(value)
}

/// Joins tasks, and gives the checksum of what they return.
pub async fn join(tasks: Vec<JoinHandle<u32>>) -> io::Result<u32> {
    let mut checksum = 0;
    for task in tasks {
        checksum = fold(checksum, task.await?);
    }
    Ok(checksum)
}

/// Does the job that the harness sends, in one way.
pub fn serve(way: &str) -> Result<(), Error> {
    serve_harness(|raw| {
        let (do_iteration, own) = find(&raw.family, way).ok_or_else(|| {
            Error::bad_job(format!(
                "There is no family {:?} here in the way {way}.",
                raw.family
            ))
        })?;
        let iterations = raw.iterations.get();
        // Tasks of any thread may read it.
        let job: &'static Job = Box::leak(Box::new(parse(raw, own)?));
        // In a task, since whoever blocks on a runtime of many threads is none of them.
        runtime(way, job)?.block_on(async move {
            let done = tokio::spawn(perform(do_iteration, job, iterations)).await;
            Ok(done.map_err(io::Error::from)??)
        })
    })
}

fn runtime(way: &str, job: &Job) -> io::Result<Runtime> {
    let mut builder = match way {
        "task" => Builder::new_multi_thread(),
        _ => Builder::new_current_thread(),
    };
    if let Some(&workers) = job.own.get("workers") {
        builder.max_blocking_threads(workers as usize);
    }
    builder.enable_time().build()
}

/// Does all iterations of a job.
async fn perform(way: Way, job: &'static Job, iterations: usize) -> io::Result<Recording> {
    let mut spans = Vec::with_capacity(iterations);
    let mut fields = Vec::with_capacity(iterations);
    for iteration in 0..iterations {
        let start_ns = now_ns();
        fields.push(way(job, iteration).await?);
        spans.push(Span {
            start_ns,
            end_ns: now_ns(),
        });
    }
    Ok(Recording { spans, fields })
}

/// Reads a job's params, strictly: every one due, a whole number that is not negative, and no other; a pool has a worker
/// at least.
fn parse(raw: RawJob, own: &[&str]) -> Result<Job, Error> {
    let mut names = vec!["seed", "size"];
    names.extend(own);
    let differs = || {
        let family = &raw.family;
        let names = names.join(", ");
        Error::bad_job(format!(
            "A job of the family {family} has the params {names}; this one differs."
        ))
    };
    let own: BTreeMap<String, u64> = serde_json::from_value(raw.params).map_err(|_| differs())?;
    let is_due = |name| {
        own.get(name)
            .map_or(false, |&number| name != "workers" || number > 0)
    };
    if own.len() != names.len() || !names.iter().copied().all(is_due) {
        return Err(differs());
    }
    Ok(Job {
        size: own["size"] as usize,
        seed: own["seed"],
        own,
    })
}

struct Recording {
    spans: Vec<Span>,
    fields: Vec<Fields>,
}

impl contract::Recording for Recording {
    type Fields = Fields;

    fn spans(&self) -> &[Span] {
        &self.spans
    }

    fn fields(&self, iteration: usize) -> Fields {
        self.fields[iteration]
    }
}
