//! Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask.

use std::future::Future;
use std::io::{self, ErrorKind};
use std::num::NonZeroU64;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::runtime::Builder;

use crate::contract::{self, serve_harness, Error, RawJob, Span};

/// One server to ping.
#[derive(Clone, PartialEq)]
pub struct Site {
    /// How the job writes it: HOST:PORT, or HOST for port 80.
    pub name: String,
    pub host: String,
    pub port: u16,
}

/// What to do: so many times, ping all chains at once and the sites of a chain in turn.
pub struct Job {
    pub iterations: usize,
    pub chains: Vec<Vec<Site>>,
    pub path: String,
    pub connection: Connection,
    pub timeout: Duration,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    Close,
    KeepAlive,
}

impl Connection {
    /// What the header says.
    pub fn word(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::KeepAlive => "keep-alive",
        }
    }
}

/// A chain as a program sees it: its targets, whose turn it is one after another, and all its pings.
pub struct Chain<Target> {
    pub targets: Vec<Target>,
    pub turns: Vec<usize>,
    pub pings: Vec<Ping>,
}

impl Job {
    /// Gives the chains as a program sees them: it makes a target of each site, one where a site comes again.
    pub fn chains_of<Target>(&self, make: impl Fn(&Site) -> Target) -> Vec<Chain<Target>> {
        let chain_of = |sites: &Vec<Site>| {
            let first = |site| sites.iter().position(|each| each == site);
            let turns: Vec<_> = sites.iter().filter_map(first).collect();
            Chain {
                targets: sites.iter().map(&make).collect(),
                turns,
                pings: Vec::with_capacity(self.iterations * sites.len()),
            }
        };
        self.chains.iter().map(chain_of).collect()
    }
}

/// Why a ping has no status.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    Refused,
    Reset,
    Timeout,
    Protocol,
}

/// Tells which failure an error is. Any other is this program's mistake or this machine's trouble, and nothing to blame
/// a site for: it is given back.
///
/// Of those that are not the system's, `TimedOut` stands for a deadline, `UnexpectedEof` for a connection that ended
/// without an answer and `InvalidData` for what is no HTTP answer.
pub fn failure_of(error: io::Error, connected: bool) -> io::Result<Failure> {
    match (error.raw_os_error(), error.kind()) {
        (None, ErrorKind::TimedOut) => Ok(Failure::Timeout),
        (None, ErrorKind::UnexpectedEof) => Ok(Failure::Reset),
        (None, ErrorKind::InvalidData) => Ok(Failure::Protocol),
        (None, _) if !connected => Ok(Failure::Refused), // the host's name was not found
        (Some(number), _) if NETWORK.contains(&number) && connected => Ok(Failure::Reset),
        (Some(number), _) if NETWORK.contains(&number) => Ok(Failure::Refused),
        _ => Err(error),
    }
}

/// What a site or the way to it can cause, a firewall included.
const NETWORK: [i32; 11] = [
    libc::ECONNREFUSED,
    libc::ECONNRESET,
    libc::ECONNABORTED,
    libc::EPIPE,
    libc::EHOSTUNREACH,
    libc::ENETUNREACH,
    libc::EHOSTDOWN,
    libc::ENETDOWN,
    libc::ETIMEDOUT,
    libc::EACCES,
    libc::EPERM,
];

/// A moment that is not always seen, in ns of the monotonic clock.
pub type Moment = Option<NonZeroU64>;

/// What is known of a ping. Its head and its end are one moment: the answer to a HEAD ends with its head.
pub struct Ping {
    pub start_ns: u64,
    pub connect_ns: Moment,
    pub end_ns: u64,
    pub outcome: Result<u16, Failure>,
}

/// A ping in the contract's words: start, connect, head, end and status, in ns since some moment.
type Written = (u64, Option<u64>, Option<u64>, u64, Status);

#[derive(Serialize)]
#[serde(untagged)]
enum Status {
    Answered(u16),
    Failed(Failure),
}

impl Ping {
    fn since(&self, zero_ns: u64) -> Written {
        let end = self.end_ns - zero_ns;
        let connect = self.connect_ns.map(|ns| ns.get() - zero_ns);
        match self.outcome {
            Ok(status) => (
                self.start_ns - zero_ns,
                connect,
                Some(end),
                end,
                Status::Answered(status),
            ),
            Err(failure) => (
                self.start_ns - zero_ns,
                connect,
                None,
                end,
                Status::Failed(failure),
            ),
        }
    }
}

/// All pings of a job, chain by chain.
pub struct Recording {
    spans: Vec<Span>,
    chains: Vec<Vec<Ping>>,
}

#[derive(Serialize)]
pub struct Fields {
    pings: Vec<Vec<Written>>,
}

impl Recording {
    pub fn new<Target>(spans: Vec<Span>, chains: Vec<Chain<Target>>) -> Self {
        let chains = chains.into_iter().map(|chain| chain.pings).collect();
        Self { spans, chains }
    }

    /// Prints the survey's three lines of the first iteration, in seconds.
    fn print(&self, job: &Job) {
        let seconds = |start_ns, end_ns| (end_ns - start_ns) as f64 / 1e9;
        let mut total = 0.0;
        let mut sites = Vec::new();
        for (site, ping) in job
            .chains
            .iter()
            .flatten()
            .zip(self.chains.iter().flatten())
        {
            let time = seconds(ping.start_ns, ping.end_ns);
            total += time;
            let note = match ping.outcome {
                Ok(_) => String::new(),
                Err(failure) => format!(" ({})", serde_json::json!(failure).as_str().unwrap_or("")),
            };
            sites.push(format!("{} {time:.6}{note}", site.name));
        }
        let span = self.spans[0];
        println!("Real time: {:.6}", seconds(span.start_ns, span.end_ns));
        println!("Time per site: {}", sites.join(", "));
        println!("Total time: {total:.6}");
    }
}

impl contract::Recording for Recording {
    type Fields = Fields;

    fn spans(&self) -> &[Span] {
        &self.spans
    }

    fn fields(&self, iteration: usize) -> Fields {
        let zero_ns = self.spans[iteration].start_ns;
        let of_chain = |pings: &Vec<Ping>| {
            let sites = pings.len() / self.spans.len();
            let mine = &pings[iteration * sites..][..sites];
            mine.iter().map(|ping| ping.since(zero_ns)).collect()
        };
        Fields {
            pings: self.chains.iter().map(of_chain).collect(),
        }
    }
}

/// Does the job that the harness sends, or pings a person's sites once.
pub fn serve<F>(chains: &[String], perform: impl FnOnce(Job) -> F) -> Result<(), Error>
where
    F: Future<Output = io::Result<(Job, Recording)>>,
{
    let run = |job| -> Result<_, Error> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(perform(job))?)
    };
    if chains.is_empty() {
        return serve_harness(|raw| Ok(run(parse_job(raw)?)?.1));
    }
    let names: Vec<Vec<_>> = chains
        .iter()
        .map(|chain| chain.split(',').collect())
        .collect();
    let (job, recording) = run(Job {
        iterations: 1,
        chains: parse_chains(&names)?,
        path: "/".into(),
        connection: Connection::Close,
        timeout: Duration::from_secs(5),
    })?;
    recording.print(&job);
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    chains: Vec<Vec<String>>,
    path: String,
    connection: Connection,
    timeout_ns: u64,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn parse_job(raw: RawJob) -> Result<Job, Error> {
    let differs = || {
        Error::bad_job(
            "This program does jobs of the family ping with iterations and, in params, chains, \
             path, connection and timeout_ns; this one differs.",
        )
    };
    let params: Params = serde_json::from_value(raw.params).map_err(|_| differs())?;
    let timeout = Duration::from_nanos(params.timeout_ns);
    if raw.family != "ping" || !params.path.starts_with('/') || timeout.is_zero() || timeout > DAY {
        return Err(differs());
    }
    Ok(Job {
        iterations: raw.iterations.get(),
        chains: parse_chains(&params.chains)?,
        path: params.path,
        connection: params.connection,
        timeout,
    })
}

fn parse_chains<Name: AsRef<str>>(chains: &[Vec<Name>]) -> Result<Vec<Vec<Site>>, Error> {
    if chains.is_empty() || chains.iter().any(Vec::is_empty) {
        return Err(Error::bad_job(
            "Chains must be lists of sites, none of them empty.",
        ));
    }
    chains
        .iter()
        .map(|names| names.iter().map(|name| parse_site(name.as_ref())).collect())
        .collect()
}

/// Reads HOST:PORT, or HOST, in ASCII without blanks; an IPv6 address stands in brackets.
fn parse_site(name: &str) -> Result<Site, Error> {
    let differs = || {
        Error::bad_job(format!(
            "A site is written HOST:PORT or HOST, not {name:?}."
        ))
    };
    let (host, port) = match name.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().map_err(|_| differs())?),
        _ => (name, 80),
    };
    let address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let is_word = name.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_word || host.is_empty() || host.contains(':') != address.is_some() {
        return Err(differs());
    }
    Ok(Site {
        name: name.into(),
        host: address.unwrap_or(host).into(),
        port,
    })
}
