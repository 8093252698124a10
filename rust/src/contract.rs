//! The runner contract, version 1, for all families: a job comes in, the records of its iterations go out.

use std::fmt::{self, Display};
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

/// Reads the machine's monotonic clock, in ns. An `Instant` reads the same one, but does not give its number away.
pub fn now_ns() -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the call writes to `time` alone.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
    assert_eq!(status, 0, "Linux always has this clock");
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// A job as it came; what its params must hold is its family's to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawJob {
    pub family: String,
    pub iterations: NonZeroUsize,
    pub params: serde_json::Value,
}

/// When an iteration was, in ns of the monotonic clock.
#[derive(Clone, Copy)]
pub struct Span {
    pub start_ns: u64,
    pub end_ns: u64,
}

/// What a job's iterations leave behind.
pub trait Recording {
    /// What the family adds to the record of an iteration.
    type Fields: Serialize;

    fn spans(&self) -> &[Span];
    fn fields(&self, iteration: usize) -> Self::Fields;
}

/// Why a program ends before its work is done.
pub enum Error {
    /// The job, or the arguments of a person, cannot be done.
    BadJob(String),
    /// Something is wrong with this program or this machine.
    Trouble(io::Error),
}

impl Error {
    pub fn bad_job(reason: impl Into<String>) -> Self {
        Self::BadJob(reason.into())
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Trouble(error)
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::BadJob(reason) => f.write_str(reason),
            Self::Trouble(error) => error.fmt(f),
        }
    }
}

/// Gives the exit status for how the work ended: 2, with a sentence on standard error, at a bad job.
pub fn exit_code(done: Result<(), Error>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(if matches!(error, Error::BadJob(_)) {
                2
            } else {
                1
            })
        }
    }
}

/// Does the one job that the harness sends.
pub fn serve_harness<R: Recording>(
    perform: impl FnOnce(RawJob) -> Result<R, Error>,
) -> Result<(), Error> {
    let mut input = io::stdin().lock();
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let ready = Ready {
        ready: 1,
        runtime: &runtime(),
        cpus: std::thread::available_parallelism()?,
    };
    write_line(&mut output, &ready)?;
    output.flush()?;

    let mut line = String::new();
    input.read_line(&mut line)?;
    let recording = perform(parse(&line)?)?;
    for (iteration, span) in recording.spans().iter().enumerate() {
        let record = Record {
            iteration,
            start_ns: span.start_ns,
            end_ns: span.end_ns,
            fields: recording.fields(iteration),
        };
        write_line(&mut output, &record)?;
        if iteration == 0 {
            output.flush()?; // memory is read now, before the others are formatted
        }
    }
    write_line(&mut output, &Done { done: true })?;
    output.flush()?;
    io::copy(&mut input.take(u64::MAX), &mut io::sink())?;
    Ok(())
}

#[derive(Serialize)]
struct Ready<'a> {
    ready: u8,
    runtime: &'a str,
    cpus: NonZeroUsize,
}

#[derive(Serialize)]
struct Record<F> {
    iteration: usize,
    start_ns: u64,
    end_ns: u64,
    #[serde(flatten)]
    fields: F,
}

#[derive(Serialize)]
struct Done {
    done: bool,
}

fn parse(line: &str) -> Result<RawJob, Error> {
    serde_json::from_str(line).map_err(|_| {
        Error::bad_job("A job has a family, a number of iterations and params; this one differs.")
    })
}

fn write_line(output: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}

/// Names compiler and libraries, as the build found them.
fn runtime() -> String {
    let lock = include_str!("../Cargo.lock");
    let version_of = |name: &str| {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        rest.split('"').next()
    };
    let libraries =
        ["tokio", "hyper"].map(|name| format!("{name} {}", version_of(name).unwrap_or("?")));
    format!("{}, {}", env!("RUSTC_VERSION"), libraries.join(", "))
}
