//! The ping programs: `ping tokio|hyper [CHAIN...]`, a chain being sites with commas between them.

use std::env;
use std::process::ExitCode;

use awaitbench::contract::{exit_code, Error};
use awaitbench::{ping_contract::serve, ping_hyper, ping_tokio};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let way = arguments.next();
    let chains: Vec<String> = arguments.collect();
    exit_code(match way.as_deref() {
        Some("tokio") => serve(&chains, ping_tokio::perform),
        Some("hyper") => serve(&chains, ping_hyper::perform),
        _ => Err(Error::bad_job("The first argument is tokio or hyper.")),
    })
}
