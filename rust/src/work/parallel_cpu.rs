//! Jobs that only compute, started at once.

use std::io;

use tokio::task;

use super::job::{join, Fields, Job};

/// Handed to the threads that a runtime has for what does not await: as many as there are workers.
pub async fn spawn_blocking(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let rounds = job.own["rounds"];
    let start = |value| task::spawn_blocking(move || compute(value, rounds));
    Ok(join(job.values(iteration).map(start).collect())
        .await?
        .into())
}

/// Turns a linear congruential generator.
fn compute(value: u32, rounds: u64) -> u32 {
    (0..rounds).fold(value, |x, _| turn(x))
}

/// One round of it. Inlined, the compiler would make one multiplication of several rounds.
#[inline(never)]
fn turn(x: u32) -> u32 {
    x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)
}
