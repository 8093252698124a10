//! Cancelling many pending tasks, until the last has ended.

use std::future::pending;
use std::io;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::sync::Arc;

use tokio::task::yield_now;

use super::job::{fold, Fields, Job};
use crate::contract::now_ns;

/// What the tasks leave: how many wait, and each one's value in a place of its own.
struct Shared {
    waiting: AtomicUsize,
    values: Vec<AtomicU32>,
}

/// The handler of a task: an aborted task is dropped, and with it whatever it holds.
struct Handler {
    shared: Arc<Shared>,
    place: usize,
    value: u32,
}

impl Drop for Handler {
    fn drop(&mut self) {
        self.shared.values[self.place].store(self.value, Relaxed);
    }
}

/// `abort` on each task; joining one tells that it has ended.
pub async fn abort(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let shared = Arc::new(Shared {
        waiting: AtomicUsize::new(0),
        values: (0..job.size).map(|_| AtomicU32::new(0)).collect(),
    });
    let start = |(place, value)| {
        let shared = Arc::clone(&shared);
        tokio::spawn(wait(Handler {
            shared,
            place,
            value,
        }))
    };
    let tasks: Vec<_> = job.values(iteration).enumerate().map(start).collect();
    while shared.waiting.load(Relaxed) < job.size {
        yield_now().await;
    }
    let start_ns = now_ns();
    for task in &tasks {
        task.abort();
    }
    for task in tasks {
        task.await.expect_err("nothing ends it but its abortion");
    }
    let cancel_ns = Some(now_ns() - start_ns);
    let values = shared.values.iter().map(|value| value.load(Relaxed));
    Ok(Fields {
        checksum: values.fold(0, fold),
        cancel_ns,
    })
}

/// Waits for what never comes.
async fn wait(handler: Handler) {
    handler.shared.waiting.fetch_add(1, Relaxed);
    pending().await
}
