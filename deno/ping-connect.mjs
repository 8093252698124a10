// @ts-check
/** @file HTTP HEAD pings over Deno.connect. */

import { Buffer } from 'node:buffer';
import { now } from '../node/contract.mjs';
import {
  Ended,
  NOT_SEEN,
  NotHttp,
  TimedOut,
  failureOf,
  serve,
  validStatus,
} from '../node/ping-contract.mjs';

/** @import { Job, PingRecording, Site } from '../node/ping-contract.mjs' */

const BLANK_LINE = Buffer.from('\r\n\r\n');
const HEAD_LIMIT = 16 * 1024;
const VERSIONS = [Buffer.from('HTTP/1.1 '), Buffer.from('HTTP/1.0 ')];

/** A site as its chain sees it: what is asked for there, and the connection that is kept. */
class Target {
  /** @type {Connection | null} */
  connection = null;

  /** @param {Site} site @param {Job} job @param {PingRecording} recording */
  constructor(site, job, recording) {
    this.site = site;
    this.job = job;
    this.recording = recording;
    this.request = Buffer.from(
      `HEAD ${job.path} HTTP/1.1\r\nHost: ${site.name}\r\nConnection: ${job.connection}\r\n\r\n`,
    );
  }

  /** Sends one HEAD request and reads the head of its answer. @param {number} slot */
  async ping(slot) {
    const start = now();
    let connect = NOT_SEEN;
    let connected = this.connection !== null;
    const deadline = setTimeout(this.expire, this.job.timeoutMs);
    try {
      if (this.connection === null) {
        this.connection = new Connection();
        await this.connection.open(this.site);
        connect = now();
        connected = true;
      }
      await this.connection.send(this.request);
      const status = statusOf(await this.connection.readHead());
      const end = now();
      this.recording.record(slot, start, connect, end, end, status);
      if (this.job.connection === 'close') this.close();
    } catch (error) {
      const end = now();
      const reason = this.connection?.failure ?? error; // what a closed connection throws says less
      this.recording.record(slot, start, connect, NOT_SEEN, end, failureOf(reason, connected));
      this.close();
    } finally {
      clearTimeout(deadline);
    }
  }

  expire = () => this.connection?.fail(new TimedOut());

  /** Closes the connection, if there is one. */
  close() {
    this.connection?.close();
    this.connection = null;
  }
}

class Pings {
  /** @param {Job} job @param {PingRecording} recording */
  constructor(job, recording) {
    this.job = job;
    this.chains = job.targets((site) => new Target(site, job, recording));
  }

  /** Pings the targets of a chain one after another. @param {Target[]} targets @param {number} slot */
  async chain(targets, slot) {
    for (const target of targets) await target.ping(slot++);
  }

  /** Starts all chains, and joins them. @param {number} iteration */
  parallel(iteration) {
    let slot = iteration * this.job.pings;
    const chains = [];
    for (const targets of this.chains) {
      chains.push(this.chain(targets, slot));
      slot += targets.length;
    }
    return Promise.all(chains);
  }

  /** Closes the connections that were kept alive. */
  close() {
    for (const target of this.chains.flat()) target.close();
  }
}

/** A TCP connection that a deadline can end, whatever is awaited. */
class Connection {
  /** @type {Deno.TcpConn | undefined} */
  #conn;
  #space = Buffer.allocUnsafe(4096);
  /** What ended it. @type {Error | undefined} */
  failure;
  #failed = new AbortController();

  /** Resolves when the connection is established. @param {Site} site */
  async open({ host, port }) {
    const { signal } = this.#failed;
    try {
      this.#conn = await Deno.connect({ hostname: host, port, signal });
    } catch (error) {
      throw isLookup(error) ? Object.assign(error, { code: 'ENOTFOUND' }) : error;
    }
    if (this.failure) throw this.failure; // its time was over as it came
    this.#conn.setNoDelay(true);
  }

  /** @param {Buffer} request */
  async send(request) {
    await this.#conn?.write(request); // so few bytes are written at once
  }

  /** Reads to the blank line that ends an answer's head. */
  async readHead() {
    let received = Buffer.alloc(0);
    while (!received.subarray(0, HEAD_LIMIT).includes(BLANK_LINE)) {
      if (received.length >= HEAD_LIMIT) throw new NotHttp();
      const count = await this.#conn?.read(this.#space);
      if (!count) throw new Ended();
      received = Buffer.concat([received, this.#space.subarray(0, count)]);
    }
    return received;
  }

  /** Lets what is awaited fail. @param {Error} error */
  fail(error) {
    this.failure = error;
    this.#failed.abort();
    this.close();
  }

  close() {
    this.#conn?.close();
    this.#conn = undefined;
  }
}

/**
 * Whether a name was not found, which has a code elsewhere and none in Deno.
 * @param {unknown} error
 * @returns {error is Error}
 */
function isLookup(error) {
  return error instanceof Error && error.message.startsWith('failed to lookup address');
}

/**
 * Reads the status in an answer's head: HTTP/1.0 or HTTP/1.1, a blank, three digits, and a blank or the line's end.
 * @param {Buffer} head
 */
function statusOf(head) {
  const digits = head.subarray(9, 12);
  const isHttp =
    VERSIONS.some((version) => version.equals(head.subarray(0, 9))) &&
    digits.every((byte) => byte >= 0x30 && byte <= 0x39) &&
    (head[12] === 0x20 || head[12] === 0x0d);
  if (!isHttp) throw new NotHttp();
  return validStatus(Number(digits.toString('latin1')));
}

await serve(Pings);
