//! Awaiting what is complete already.

use std::future;
use std::io;

use super::job::{fold, Fields, Job};

/// Futures that are ready: await does not suspend, and the compiler leaves nothing of them but their value.
pub async fn ready(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let mut checksum = 0;
    for value in job.values(iteration) {
        checksum = fold(checksum, future::ready(value).await);
    }
    Ok(checksum.into())
}
