//! The families without a network, in the way that the argument names.

use std::env;
use std::process::ExitCode;

use awaitbench::contract::{exit_code, Error};
use awaitbench::work::job;

fn main() -> ExitCode {
    exit_code(match env::args().nth(1) {
        Some(way) => job::serve(&way),
        None => Err(Error::bad_job("The argument is a way.")),
    })
}
