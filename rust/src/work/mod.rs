//! The families without a network, a module each.

pub mod job;

mod await_completed;
mod await_suspended;
mod cancel;
mod parallel_cpu;
mod spawn_join;
mod timers;
