// @ts-check
/** @file HTTP HEAD pings with node:http and async/await. */

import { once } from 'node:events';
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
  async ping({ name, host, port }) {
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
    try {
      const response = await answerTo(request);
      const status = validStatus(response.statusCode);
      const head = now();
      await once(response.resume(), 'end');
      return { start, connect, head, end: now(), status };
    } catch (error) {
      return { start, connect, head: null, end: now(), status: failureOf(error) };
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Pings sites one after another. @param {Site[]} sites */
  async chain(sites) {
    const pings = [];
    for (const site of sites) pings.push(await this.ping(site));
    return pings;
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

await serve(Pings);
