//! Starting many tasks and joining them.

use std::io;

use super::job::{join, Fields, Job};

/// Tasks that have nothing to wait for.
pub async fn spawn(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let immediate = |value| async move { value };
    let tasks = job
        .values(iteration)
        .map(immediate)
        .map(tokio::spawn)
        .collect();
    Ok(join(tasks).await?.into())
}

/// Tasks that suspend once, until the runtime's next turn.
pub async fn yield_once(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let yielding = |value| async move {
        tokio::task::yield_now().await;
        value
    };
    let tasks = job
        .values(iteration)
        .map(yielding)
        .map(tokio::spawn)
        .collect();
    Ok(join(tasks).await?.into())
}
