// @ts-check
/** @file HTTP HEAD pings over sockets. */

import net from 'node:net';
import { now } from './contract.mjs';
import { failure, failureOf, serve, validStatus } from './ping-contract.mjs';

/** @import { Job, Ping, Site } from './ping-contract.mjs' */

class Pings {
  /** @type {Map<string, Connection>} */
  #kept = new Map();

  /** @param {Job} job */
  constructor(job) {
    this.job = job;
  }

  /** Sends one HEAD request and reads the head of its answer. @param {Site} site @returns {Promise<Ping>} */
  async ping(site) {
    const { path, connection: mode, timeoutMs } = this.job;
    const start = now();
    const kept = this.#kept.get(site.name);
    const connection = kept ?? new Connection(site);
    const connect = () => (kept ? null : connection.opened);
    const deadline = setTimeout(() => connection.close(failure('ETIMEDOUT')), timeoutMs);
    try {
      const answer = await connection.send(
        `HEAD ${path} HTTP/1.1\r\nHost: ${site.name}\r\nConnection: ${mode}\r\n\r\n`,
      );
      const status = validStatus(Number(/^HTTP\/1\.[01] (\d{3})[ \r]/.exec(answer)?.[1]));
      const head = now();
      if (mode === 'keep-alive') this.#kept.set(site.name, connection);
      else connection.close();
      return { start, connect: connect(), head, end: head, status };
    } catch (error) {
      const end = now();
      connection.close();
      this.#kept.delete(site.name);
      return { start, connect: connect(), head: null, end, status: failureOf(error) };
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
    for (const connection of this.#kept.values()) connection.close();
  }
}

/** A socket whose answers come as promises. */
class Connection {
  /** @type {bigint | null} */
  opened = null;
  #socket;
  #answer = '';
  /** @type {(answer: string) => void} */
  #accept = () => {};
  /** @type {(error: Error) => void} */
  #reject = () => {};

  /** @param {Site} site */
  constructor({ host, port }) {
    this.#socket = net.connect({ host, port, noDelay: true }).setEncoding('latin1');
    this.#socket.on('connect', () => (this.opened = now()));
    this.#socket.on('data', (text) => {
      this.#answer += text;
      if (this.#answer.includes('\r\n\r\n')) this.#accept(this.#answer);
    });
    this.#socket.on('end', () => this.#reject(failure('ECONNRESET')));
    this.#socket.on('error', (error) => this.#reject(error));
  }

  /** Sends a request and resolves to the head of its answer. @param {string} request */
  send(request) {
    this.#answer = '';
    return new Promise((/** @type {(answer: string) => void} */ accept, reject) => {
      this.#accept = accept;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }

  /** Closes the socket; given an error, an answer still awaited fails with it. @param {Error} [error] */
  close(error) {
    this.#socket.destroy(error);
  }
}

await serve(Pings);
