// @ts-check
/** @file Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask. */

import { BadJob, Recording, doOrRefuse, serveHarness } from './contract.mjs';

/** @import { RawJob } from './contract.mjs' */

/**
 * One server to ping; `name` is how the job writes it: HOST:PORT, or HOST for port 80.
 * @typedef {{ name: string, host: string, port: number }} Site
 */

/** @typedef {'close' | 'keep-alive'} ConnectionMode */

/** What to do: `iterations` times, ping all chains at once and the sites of a chain in turn. */
export class Job {
  /**
   * @param {number} iterations
   * @param {Site[][]} chains
   * @param {string} path
   * @param {ConnectionMode} connection
   * @param {number} timeoutMs
   */
  constructor(iterations, chains, path, connection, timeoutMs) {
    this.iterations = iterations;
    this.chains = chains;
    this.path = path;
    this.connection = connection;
    this.timeoutMs = timeoutMs;
    /** How many pings an iteration has. */
    this.pings = chains.flat().length;
  }

  /**
   * Makes a target of each site of a chain, one where a site comes again.
   * @template Target
   * @param {(site: Site) => Target} make
   * @returns {Target[][]}
   */
  targets(make) {
    return this.chains.map((sites) => {
      const byName = new Map(sites.map((site) => [site.name, site]));
      const made = new Map(Array.from(byName, ([name, site]) => [name, make(site)]));
      return sites.map(({ name }) => /** @type {Target} */ (made.get(name)));
    });
  }
}

/** Why a ping has no status; recorded in place of the status. */
const Failure = Object.freeze({ refused: -1, reset: -2, timeout: -3, protocol: -4 });
const FAILURES = Object.keys(Failure);

/** The time of a ping is over. */
export class TimedOut extends Error {}

/** The site closed the connection before its answer's head was complete. */
export class Ended extends Error {}

/** What came is not an HTTP answer. */
export class NotHttp extends Error {}

/** What a site or the way to it can cause, a firewall or a look-up of its name. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ETIMEDOUT',
  'ERR_SOCKET_CONNECTION_TIMEOUT', // the same, from Node, where a name has several addresses
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
]);

/**
 * Tells which failure an error is. Any other is this program's mistake or this machine's trouble, and nothing to blame
 * a site for: it is thrown again.
 * @param {unknown} error
 * @param {boolean} connected
 * @returns {number}
 */
export function failureOf(error, connected) {
  if (error instanceof TimedOut) return Failure.timeout;
  if (error instanceof Ended) return Failure.reset;
  if (error instanceof NotHttp) return Failure.protocol;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HPE_')) return Failure.protocol; // the parser of node:http
  if (NETWORK.has(code)) return connected ? Failure.reset : Failure.refused;
  throw error;
}

/**
 * Checks that an answer's status is one.
 * @param {number | undefined} status
 * @returns {number}
 */
export function validStatus(status = NaN) {
  if (status >= 100 && status <= 599) return status;
  throw new NotHttp();
}

/** In place of a moment. */
export const NOT_SEEN = -1n;

const WORDS = 5;

/**
 * A ping in the contract's words, in ns since some moment.
 * @typedef {[start: number, connect: number | null, head: number | null, end: number, status: number | string]} Ping
 */

/** All pings of a job, five words each: start, connect, head, end and status. */
export class PingRecording extends Recording {
  #words;

  /** @param {Job} job */
  constructor(job) {
    super(job.iterations);
    this.job = job;
    this.#words = new BigInt64Array(WORDS * job.iterations * job.pings);
  }

  /**
   * Keeps one ping: its moments in ns of the monotonic clock, and its status or failure.
   * @param {number} slot its place among all pings of the job: iteration by iteration, chain by chain
   * @param {bigint} start
   * @param {bigint} connect
   * @param {bigint} head
   * @param {bigint} end
   * @param {number} status
   */
  record(slot, start, connect, head, end, status) {
    const first = WORDS * slot;
    this.#words[first] = start;
    this.#words[first + 1] = connect;
    this.#words[first + 2] = head;
    this.#words[first + 3] = end;
    this.#words[first + 4] = BigInt(status);
  }

  /**
   * Gives back one ping in the contract's words.
   * @param {number} slot
   * @param {bigint} zero from when its times are counted
   */
  ping(slot, zero) {
    const words = this.#words.subarray(WORDS * slot, WORDS * (slot + 1));
    const status = Number(words[4]);
    const times = Array.from(words.subarray(0, 4), (time) =>
      time === NOT_SEEN ? null : Number(time - zero),
    );
    return /** @type {Ping} */ ([...times, status < 0 ? FAILURES[-1 - status] : status]);
  }

  /** Gives an iteration's pings, their times counted from its start. @override @param {number} iteration */
  fields(iteration) {
    const zero = this.start(iteration);
    let slot = iteration * this.job.pings;
    return { pings: this.job.chains.map((sites) => sites.map(() => this.ping(slot++, zero))) };
  }

  /** Prints the survey's three lines of the first iteration, in seconds. */
  printTimes() {
    const times = this.job.chains.flat().map(({ name }, slot) => {
      const [start, , , end, status] = this.ping(slot, this.start(0));
      const note = typeof status === 'number' ? '' : ` (${status})`;
      return { name, seconds: (end - start) / 1e9, note };
    });
    const real = Number(this.end(0) - this.start(0)) / 1e9;
    const perSite = times.map(({ name, seconds, note }) => `${name} ${seconds.toFixed(6)}${note}`);
    const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
    console.log(`Real time: ${real.toFixed(6)}`);
    console.log(`Time per site: ${perSite.join(', ')}`);
    console.log(`Total time: ${total.toFixed(6)}`);
  }
}

/**
 * A ping program: all chains of its job at once, and its connections closed.
 * @typedef {new (job: Job, recording: PingRecording) => {
 *   parallel(iteration: number): Promise<unknown>, close(): void
 * }} Program
 */

/**
 * Does the job that the harness sends, or pings a person's sites once; sets the exit status.
 * @param {Program} Pings
 * @param {...string} libraries what is used beside Node's own, with its version
 * @returns {Promise<void>} settled when the work is done and the input has ended
 */
export function serve(Pings, ...libraries) {
  const chains = process.argv.slice(2).map((argument) => argument.split(','));
  if (chains.length > 0) return doOrRefuse(() => servePerson(Pings, chains));
  return serveHarness((raw) => perform(Pings, parseJob(raw)), ...libraries);
}

/**
 * Pings once, and prints the times.
 * @param {Program} Pings
 * @param {string[][]} names
 */
async function servePerson(Pings, names) {
  const job = new Job(1, parseChains(names), '/', 'close', 5000);
  (await perform(Pings, job)).printTimes();
}

/**
 * Does all iterations of a job, and closes its connections.
 * @param {Program} Pings
 * @param {Job} job
 */
async function perform(Pings, job) {
  const recording = new PingRecording(job);
  const pings = new Pings(job, recording);
  await recording.iterate((iteration) => pings.parallel(iteration));
  pings.close();
  return recording;
}

const A_DAY_NS = 86_400e9;

/**
 * Reads a job of the harness, strictly: every member due, each of its type, and no other.
 * @param {RawJob} job
 * @returns {Job}
 */
function parseJob({ family, iterations, params }) {
  const { chains, path, connection, timeout_ns: timeoutNs, ...more } = params;
  const understood =
    family === 'ping' &&
    typeof path === 'string' &&
    path.startsWith('/') &&
    (connection === 'close' || connection === 'keep-alive') &&
    Number.isSafeInteger(timeoutNs) &&
    timeoutNs > 0 &&
    timeoutNs <= A_DAY_NS &&
    Object.keys(more).length === 0;
  if (!understood) {
    throw new BadJob(
      'This program does jobs of the family ping with iterations and, in params, chains, path,' +
        ' connection and timeout_ns; this one differs.',
    );
  }
  return new Job(iterations, parseChains(chains), path, connection, Math.ceil(timeoutNs / 1e6));
}

/**
 * Reads chains of site names, at least one site in each.
 * @param {unknown} chains
 * @returns {Site[][]}
 */
function parseChains(chains) {
  const filled = (/** @type {unknown} */ list) => Array.isArray(list) && list.length > 0;
  if (!Array.isArray(chains) || !filled(chains) || !chains.every(filled)) {
    throw new BadJob('Chains must be lists of sites, none of them empty.');
  }
  return chains.map((sites) => sites.map(parseSite));
}

/**
 * Reads HOST:PORT, or HOST; an IPv6 address stands in brackets.
 * @param {unknown} name
 * @returns {Site}
 */
function parseSite(name) {
  const parts = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(
    typeof name === 'string' ? name : '',
  );
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3] ?? 80);
  if (!parts || !host || port > 65535) {
    throw new BadJob(`A site is written HOST:PORT or HOST, not ${JSON.stringify(name)}.`);
  }
  return { name: parts[0], host, port };
}
