//! Programs of the runner contract, version 1, in Rust.

pub mod contract;
pub mod ping_contract;
pub mod ping_hyper;
pub mod ping_tokio;
pub mod work;
