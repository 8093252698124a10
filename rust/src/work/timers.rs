//! Many delays at once.

use std::io;
use std::time::Duration;

use super::job::{join, Fields, Job};

/// `sleep`, awaited in a task of its own for each delay.
pub async fn sleep(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let delay = Duration::from_nanos(job.own["delay_ns"]);
    let delayed = |value| async move {
        tokio::time::sleep(delay).await;
        value
    };
    let tasks = job
        .values(iteration)
        .map(delayed)
        .map(tokio::spawn)
        .collect();
    Ok(join(tasks).await?.into())
}
