//! Two tasks that pass a value to and fro: each await really suspends.

use std::io;

use tokio::sync::oneshot::{channel, Receiver, Sender};

use super::job::{fold, Fields, Job};

/// What is passed: the next value, the checksum so far, and the key to the gate of whoever passed it.
struct Ball {
    value: u32,
    checksum: u32,
    back: Sender<Ball>,
}

/// A `oneshot` channel for each gate: who receives a value makes a new gate of its own, and opens the other's with the
/// next value. Nothing is shared and so nothing locked: the checksum and the keys go to and fro, too.
pub async fn tasks(job: &'static Job, iteration: usize) -> io::Result<Fields> {
    let (key, gate) = channel();
    let (back, other_gate) = channel();
    let _ = key.send(Ball {
        value: job.value(iteration, 0),
        checksum: 0,
        back,
    });
    let players = [
        play(job, iteration, 0, gate),
        play(job, iteration, 1, other_gate),
    ]
    .map(tokio::spawn);
    let mut checksum = 0;
    for player in players {
        checksum = player.await?.unwrap_or(checksum);
    }
    Ok(checksum.into())
}

/// Plays every second turn; gives the checksum where the last one is among them.
async fn play(job: &Job, iteration: usize, player: usize, mut gate: Receiver<Ball>) -> Option<u32> {
    for turn in (player..job.size).step_by(2) {
        let Ball {
            value,
            checksum,
            back,
        } = gate.await.ok()?;
        let checksum = fold(checksum, value);
        if turn + 1 == job.size {
            return Some(checksum);
        }
        let (key, own_gate) = channel();
        gate = own_gate;
        let _ = back.send(Ball {
            value: job.value(iteration, turn + 1),
            checksum,
            back: key,
        });
    }
    None
}
