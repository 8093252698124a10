// @ts-check
/** @file HTTP HEAD pings over Bun.connect. */

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
        this.connection = new Connection(this.site);
        await this.connection.opened();
        connect = now();
        connected = true;
      }
      this.connection.send(this.request);
      const status = statusOf(await this.connection.readHead());
      const end = now();
      this.recording.record(slot, start, connect, end, end, status);
      if (this.job.connection === 'close') this.close();
    } catch (error) {
      const end = now();
      this.recording.record(slot, start, connect, NOT_SEEN, end, failureOf(error, connected));
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

/** A socket whose events are awaited one at a time. */
class Connection {
  /** @type {import('bun').Socket | undefined} */
  #socket;
  #received = Buffer.alloc(0);
  /** What ended the connection. @type {Error | undefined} */
  #end;
  #wake = () => {};
  /** @type {(error: Error) => void} */
  #reject = () => {};

  /** @param {Site} site */
  constructor({ host, port }) {
    const socket = {
      open: (/** @type {import('bun').Socket} */ socket) => {
        this.#socket = socket;
        if (this.#end) this.close(); // its time was over before it was there
        this.#wake();
      },
      data: (/** @type {unknown} */ _, /** @type {Buffer} */ bytes) => {
        this.#received = Buffer.concat([this.#received, bytes]);
        this.#wake();
      },
      close: (/** @type {unknown} */ _, /** @type {Error | undefined} */ error) =>
        this.fail(error ?? new Ended()),
    };
    Bun.connect({ hostname: host, port, socket }).catch((error) => this.fail(error));
  }

  /** Resolves when the connection is established. */
  opened() {
    return this.#event();
  }

  /** @param {Buffer} request */
  send(request) {
    this.#received = Buffer.alloc(0);
    this.#socket?.write(request);
  }

  /** Reads to the blank line that ends an answer's head. */
  async readHead() {
    while (!this.#received.subarray(0, HEAD_LIMIT).includes(BLANK_LINE)) {
      if (this.#received.length >= HEAD_LIMIT) throw new NotHttp();
      await this.#event();
    }
    return this.#received;
  }

  /** Lets what is awaited fail, now or later. @param {Error} error */
  fail(error) {
    this.#end ??= error;
    this.#reject(this.#end);
  }

  close() {
    this.#socket?.end();
  }

  /** @returns {Promise<void>} */
  #event() {
    return new Promise((wake, reject) => {
      this.#wake = wake;
      this.#reject = reject;
      if (this.#end) reject(this.#end);
    });
  }
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
// Bun.connect cannot be given up: what no site has answered yet would keep the process alive for minutes.
process.stdout.end(() => process.exit());
