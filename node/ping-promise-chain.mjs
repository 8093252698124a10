// @ts-check
/** @file HTTP HEAD pings with node:http and chains of promises, as in the survey: no async, no await. */

import http from 'node:http';
import { now } from './contract.mjs';
import { failure, failureOf, serve, validStatus } from './ping-contract.mjs';

/** @import { Job, Ping, Site } from './ping-contract.mjs' */

class Pings {
  /** @param {Job} job */
  constructor(job) {
    this.job = job;
    // Kept alive, one socket a site: a ping may begin before the agent has the last one's socket back.
    const keepAlive = job.connection === 'keep-alive';
    this.agent = new http.Agent({ keepAlive, maxSockets: keepAlive ? 1 : Infinity });
  }

  /** Sends one HEAD request and reads its answer. @param {Site} site @returns {Promise<Ping>} */
  ping({ name, host, port }) {
    const { path, connection, timeoutMs } = this.job;
    const start = now();
    /** @type {bigint | null} */
    let connect = null;
    const request = http.request({
      method: 'HEAD',
      host,
      port,
      path,
      setHost: false,
      headers: ['Host', name, 'Connection', connection],
      agent: this.agent,
    });
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (connect = now()));
    });
    const deadline = setTimeout(() => request.destroy(failure('ETIMEDOUT')), timeoutMs);
    return answerTo(request)
      .then((response) => {
        const status = validStatus(response.statusCode);
        const head = now();
        return endOf(response).then(() => ({ start, connect, head, end: now(), status }));
      })
      .catch((error) => ({ start, connect, head: null, end: now(), status: failureOf(error) }))
      .finally(() => clearTimeout(deadline));
  }

  /** Pings sites one after another. @param {Site[]} sites */
  chain(sites) {
    /** @type {Ping[]} */
    const pings = [];
    return sites
      .reduce(
        (earlier, site) =>
          earlier.then(() => this.ping(site)).then((ping) => void pings.push(ping)),
        Promise.resolve(),
      )
      .then(() => pings);
  }

  /** Starts all chains, and joins them. */
  parallel() {
    return Promise.all(this.job.chains.map((sites) => this.chain(sites)));
  }

  close() {
    this.agent.destroy();
  }
}

/**
 * Sends a request and resolves to its answer, whose body is still to come.
 * @param {http.ClientRequest} request
 * @returns {Promise<http.IncomingMessage>}
 */
function answerTo(request) {
  return new Promise((accept, reject) => {
    request.on('response', accept).on('error', reject).end();
  });
}

/**
 * Resolves when an answer is complete.
 * @param {http.IncomingMessage} response
 * @returns {Promise<void>}
 */
function endOf(response) {
  return new Promise((accept, reject) => {
    response.on('end', accept).on('error', reject).resume();
  });
}

// Nothing to wait for here: Node ends when there is nothing more to do.
void serve(Pings);
