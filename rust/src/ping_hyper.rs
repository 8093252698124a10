//! HTTP HEAD pings with hyper's client.

use std::io::{self, ErrorKind};
use std::num::NonZeroU64;
use std::time::Duration;

use futures_util::future::poll_fn;
use hyper::client::conn::{Builder, SendRequest};
use hyper::header::{HeaderValue, CONNECTION, HOST};
use hyper::{Body, Request, Uri};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::contract::{now_ns, Span};
use crate::ping_contract::{failure_of, Chain, Connection, Job, Moment, Ping, Recording, Site};

const HEAD_LIMIT: usize = 16 * 1024;

/// A site as its chain sees it: what is asked for there, and the connection to it.
struct Target {
    site: Site,
    path: Uri,
    host: HeaderValue,
    connection: HeaderValue,
    timeout: Duration,
    keep_alive: bool,
    sender: Option<SendRequest<Body>>,
}

impl Target {
    /// Sends one HEAD request and reads the head of its answer.
    async fn ping(&mut self) -> io::Result<Ping> {
        let start_ns = now_ns();
        let mut connect_ns = None;
        let asked = timeout(self.timeout, self.ask(&mut connect_ns)).await;
        let end_ns = now_ns();
        let outcome = match asked.unwrap_or_else(|elapsed| Err(elapsed.into())) {
            Ok(status) => Ok(status),
            Err(error) => Err(failure_of(error, self.sender.is_some())?),
        };
        if outcome.is_err() || !self.keep_alive {
            self.sender = None; // the connection's task ends
        }
        Ok(Ping {
            start_ns,
            connect_ns,
            end_ns,
            outcome,
        })
    }

    async fn ask(&mut self, connect_ns: &mut Moment) -> io::Result<u16> {
        let sender = match &mut self.sender {
            Some(sender) => sender,
            none => none.insert(connect(&self.site, connect_ns).await?),
        };
        let request = Request::head(self.path.clone())
            .header(HOST, self.host.clone())
            .header(CONNECTION, self.connection.clone())
            .body(Body::empty())
            .map_err(other)?;
        poll_fn(|context| sender.poll_ready(context))
            .await
            .map_err(io_error)?;
        let response = sender.send_request(request).await.map_err(io_error)?;
        match response.status().as_u16() {
            status @ 100..=599 => Ok(status),
            _ => Err(ErrorKind::InvalidData.into()),
        }
    }
}

/// Opens a connection; a task of its own drives it.
async fn connect(site: &Site, connect_ns: &mut Moment) -> io::Result<SendRequest<Body>> {
    let stream = TcpStream::connect((&*site.host, site.port)).await?;
    *connect_ns = NonZeroU64::new(now_ns());
    stream.set_nodelay(true)?;
    let (sender, connection) = Builder::new()
        .http1_title_case_headers(true)
        .http1_max_buf_size(HEAD_LIMIT)
        .handshake(stream)
        .await
        .map_err(io_error)?;
    tokio::spawn(connection); // what goes wrong is told to the sender
    Ok(sender)
}

/// Says in the words of `failure_of` what hyper found.
fn io_error(error: hyper::Error) -> io::Error {
    if error.is_parse() {
        return ErrorKind::InvalidData.into();
    }
    if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        return ErrorKind::UnexpectedEof.into();
    }
    let said = error.to_string();
    match error.into_cause().map(|cause| cause.downcast()) {
        Some(Ok(system)) => *system,
        _ => other(said),
    }
}

fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(ErrorKind::Other, error)
}

/// Pings the targets of a chain one after another.
async fn chain(mut chain: Chain<Target>) -> io::Result<Chain<Target>> {
    for &turn in &chain.turns {
        chain.pings.push(chain.targets[turn].ping().await?);
    }
    Ok(chain)
}

/// Starts all chains, each in a task, and joins them.
async fn parallel(chains: Vec<Chain<Target>>) -> io::Result<Vec<Chain<Target>>> {
    let tasks: Vec<_> = chains
        .into_iter()
        .map(|each| tokio::spawn(chain(each)))
        .collect();
    let mut joined = Vec::with_capacity(tasks.len());
    for task in tasks {
        joined.push(task.await??);
    }
    Ok(joined)
}

/// Does all iterations of a job.
pub async fn perform(job: Job) -> io::Result<(Job, Recording)> {
    let path: Uri = job.path.parse().map_err(other)?;
    let connection = HeaderValue::from_static(job.connection.word());
    let target_of = |site: &Site| Target {
        site: site.clone(),
        path: path.clone(),
        host: HeaderValue::from_str(&site.name).expect("a name that was read is ASCII"),
        connection: connection.clone(),
        timeout: job.timeout,
        keep_alive: job.connection == Connection::KeepAlive,
        sender: None,
    };
    let mut chains = job.chains_of(target_of);
    let mut spans = Vec::with_capacity(job.iterations);
    for _ in 0..job.iterations {
        let start_ns = now_ns();
        chains = parallel(chains).await?;
        spans.push(Span {
            start_ns,
            end_ns: now_ns(),
        });
    }
    Ok((job, Recording::new(spans, chains)))
}
