//! HTTP HEAD pings over the sockets of tokio.

use std::io::{self, ErrorKind};
use std::num::NonZeroU64;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::contract::{now_ns, Span};
use crate::ping_contract::{failure_of, Chain, Connection, Job, Moment, Ping, Recording, Site};

const HEAD_LIMIT: usize = 16 * 1024;

/// A site as its chain sees it: what is sent there, and the connection to it.
struct Target {
    site: Site,
    request: Vec<u8>,
    timeout: Duration,
    keep_alive: bool,
    stream: Option<TcpStream>,
    head: Vec<u8>,
}

impl Target {
    fn new(site: &Site, job: &Job) -> Self {
        let request = format!(
            "HEAD {} HTTP/1.1\r\nHost: {}\r\nConnection: {}\r\n\r\n",
            job.path,
            site.name,
            job.connection.word()
        );
        Self {
            site: site.clone(),
            request: request.into(),
            timeout: job.timeout,
            keep_alive: job.connection == Connection::KeepAlive,
            stream: None,
            head: Vec::with_capacity(512),
        }
    }

    /// Sends one HEAD request and reads the head of its answer.
    async fn ping(&mut self) -> io::Result<Ping> {
        let start_ns = now_ns();
        let mut connect_ns = None;
        let asked = timeout(self.timeout, self.ask(&mut connect_ns)).await;
        let end_ns = now_ns();
        let outcome = match asked.unwrap_or_else(|elapsed| Err(elapsed.into())) {
            Ok(status) => Ok(status),
            Err(error) => Err(failure_of(error, self.stream.is_some())?),
        };
        if outcome.is_err() || !self.keep_alive {
            self.stream = None;
        }
        Ok(Ping {
            start_ns,
            connect_ns,
            end_ns,
            outcome,
        })
    }

    async fn ask(&mut self, connect_ns: &mut Moment) -> io::Result<u16> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect((&*self.site.host, self.site.port)).await?;
                *connect_ns = NonZeroU64::new(now_ns());
                stream.set_nodelay(true)?;
                none.insert(stream)
            }
        };
        stream.write_all(&self.request).await?;
        read_status(stream, &mut self.head).await
    }
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
    let mut chains = job.chains_of(|site| Target::new(site, &job));
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

/// Reads a response head to its blank line and returns its status.
async fn read_status(stream: &mut TcpStream, head: &mut Vec<u8>) -> io::Result<u16> {
    head.clear();
    while !head.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        if head.len() >= HEAD_LIMIT {
            return Err(ErrorKind::InvalidData.into());
        }
        if stream.read_buf(head).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    status_of(head).ok_or_else(|| ErrorKind::InvalidData.into())
}

fn status_of(head: &[u8]) -> Option<u16> {
    let digit = |byte: u8| u16::from(byte - b'0');
    match *head.strip_prefix(b"HTTP/1.")? {
        [b'0' | b'1', b' ', a @ b'1'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9', b' ' | b'\r', ..] => {
            Some(100 * digit(a) + 10 * digit(b) + digit(c))
        }
        _ => None,
    }
}
