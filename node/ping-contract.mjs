// @ts-check
/** @file Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask. */

import { BadJob, doOrRefuse, iterate, serveHarness } from './contract.mjs';

/** @import { RawJob, Iteration } from './contract.mjs' */

/** @typedef {number | 'refused' | 'reset' | 'timeout' | 'protocol'} Status */

/**
 * One server to ping; `name` is how the job writes it: HOST:PORT, or HOST for port 80.
 * @typedef {{ name: string, host: string, port: number }} Site
 */

/**
 * What to do: `iterations` times, ping all chains at once and the sites of a chain in turn.
 * @typedef {object} Job
 * @property {number} iterations
 * @property {Site[][]} chains
 * @property {string} path
 * @property {'close' | 'keep-alive'} connection
 * @property {number} timeoutMs
 */

/**
 * One ping's moments, in ns of the monotonic clock; null for what was not seen.
 * @typedef {{ start: bigint, connect: bigint | null, head: bigint | null, end: bigint, status: Status }} Ping
 */

/**
 * What a ping program offers: all chains of its job at once, and its connections closed.
 * @typedef {{ parallel(): Promise<Ping[][]>, close(): void }} Program
 */

const A_DAY_NS = 86_400e9;

/**
 * Does the job that the harness sends, or pings a person's sites once; sets the exit status.
 * @param {new (job: Job) => Program} Pings
 * @returns {Promise<void>} settled when the work is done and the input has ended
 */
export function serve(Pings) {
  const chains = process.argv.slice(2).map((argument) => argument.split(','));
  if (chains.length > 0) return doOrRefuse(() => servePerson(Pings, chains));
  return serveHarness((job) => perform(Pings, parseJob(job)), fields);
}

/**
 * Pings once, and prints the times.
 * @param {new (job: Job) => Program} Pings
 * @param {string[][]} names
 * @returns {Promise<void>}
 */
async function servePerson(Pings, names) {
  const chains = parseChains(names);
  /** @type {Job} */
  const job = { iterations: 1, chains, path: '/', connection: 'close', timeoutMs: 5000 };
  for (const iteration of await perform(Pings, job)) printTimes(job, iteration);
}

/**
 * Does all iterations of a job, and closes its connections.
 * @param {new (job: Job) => Program} Pings
 * @param {Job} job
 * @returns {Promise<Iteration<Ping[][]>[]>}
 */
async function perform(Pings, job) {
  const pings = new Pings(job);
  const iterations = await iterate(() => pings.parallel(), job.iterations);
  pings.close();
  return iterations;
}

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
  return { iterations, chains: parseChains(chains), path, connection, timeoutMs: timeoutNs / 1e6 };
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

/**
 * Names in the contract's words why a ping failed.
 * @param {unknown} error
 * @returns {Status}
 */
export function failureOf(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (code.startsWith('HPE_')) return 'protocol';
  if (code.startsWith('E')) return 'refused';
  throw error;
}

/**
 * Makes an error that failureOf knows: the timeout of a ping, the end of its connection, or garbage for an answer.
 * @param {'ETIMEDOUT' | 'ECONNRESET' | 'HPE_INVALID_STATUS'} code
 * @returns {Error}
 */
export function failure(code) {
  return Object.assign(new Error(`The ping failed: ${code}`), { code });
}

/**
 * Checks that an answer's status is one.
 * @param {number | undefined} status
 * @returns {number}
 */
export function validStatus(status = NaN) {
  if (status >= 100 && status <= 599) return status;
  throw failure('HPE_INVALID_STATUS');
}

/**
 * Gives an iteration's pings, their times counted from its start.
 * @param {Iteration<Ping[][]>} iteration
 */
function fields({ start: zero, result: chains }) {
  const since = (/** @type {bigint | null} */ time) => (time === null ? null : Number(time - zero));
  const pings = chains.map((chain) =>
    chain.map(({ start, connect, head, end, status }) => [
      ...[start, connect, head, end].map(since),
      status,
    ]),
  );
  return { pings };
}

/**
 * Prints the survey's three lines, in seconds.
 * @param {Job} job
 * @param {Iteration<Ping[][]>} iteration
 */
function printTimes(job, iteration) {
  const seconds = (/** @type {{ start: bigint, end: bigint }} */ { start, end }) =>
    Number(end - start) / 1e9;
  const sites = job.chains.flat();
  const pings = iteration.result.flat();
  const perSite = pings.map((ping, i) => {
    const note = typeof ping.status === 'number' ? '' : ` (${ping.status})`;
    return `${sites[i]?.name} ${seconds(ping).toFixed(6)}${note}`;
  });
  console.log(`Real time: ${seconds(iteration).toFixed(6)}`);
  console.log(`Time per site: ${perSite.join(', ')}`);
  console.log(`Total time: ${pings.reduce((sum, ping) => sum + seconds(ping), 0).toFixed(6)}`);
}
