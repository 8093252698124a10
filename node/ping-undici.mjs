// @ts-check
/** @file HTTP HEAD pings with undici's Client, which has one connection. */

import { createRequire } from 'node:module';
import { Client, buildConnector, errors } from 'undici';
import { now } from './contract.mjs';
import {
  Ended,
  NOT_SEEN,
  NotHttp,
  TimedOut,
  failureOf,
  serve,
  validStatus,
} from './ping-contract.mjs';

/** @import { Socket } from 'node:net' */
/** @import { Job, PingRecording, Site } from './ping-contract.mjs' */

// Their timeouts are off: the contract limits the whole ping.
const open = buildConnector({ timeout: 0 });
const FOR_EVER_MS = 2 ** 31 - 1;

/** A site as its chain sees it: what is asked for there, and the client that keeps the connection. */
class Target {
  connect = NOT_SEEN;
  connected = false;
  giveUp = new AbortController();

  /** @param {Site} site @param {Job} job @param {PingRecording} recording */
  constructor(site, job, recording) {
    this.job = job;
    this.recording = recording;
    this.options = {
      method: /** @type {const} */ ('HEAD'),
      path: job.path,
      headers: ['Host', site.name],
      reset: job.connection === 'close', // unless told otherwise, undici closes after each HEAD
    };
    this.client = new Client(`http://${site.name}`, {
      connect: this.opener,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: FOR_EVER_MS,
      keepAliveMaxTimeout: FOR_EVER_MS,
    });
    this.client.on('disconnect', () => (this.connected = false));
  }

  /** Sends one HEAD request and reads the head of its answer. @param {number} slot */
  async ping(slot) {
    const start = now();
    const kept = this.connected;
    this.connect = NOT_SEEN;
    const giveUp = (this.giveUp = new AbortController());
    const deadline = setTimeout(() => giveUp.abort(new TimedOut()), this.job.timeoutMs);
    try {
      const response = await this.client.request({ ...this.options, signal: giveUp.signal });
      const status = validStatus(response.statusCode);
      const end = now();
      this.recording.record(slot, start, this.connect, end, end, status);
      await response.body.dump(); // nothing to read, but only so does the connection go back
    } catch (error) {
      const end = now();
      const failure = failureOf(own(error), kept || this.connect !== NOT_SEEN);
      this.recording.record(slot, start, this.connect, NOT_SEEN, end, failure);
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Opens the connection of a ping. @type {buildConnector.connector} */
  opener = (options, callback) => {
    // A request that was given up stays in the client's queue, which has it connect again.
    if (this.giveUp.signal.aborted) return callback(new TimedOut(), null);
    open(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      this.connect = now();
      this.connected = true;
      callback(null, withCapitals(socket));
    });
  };
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
    for (const target of this.chains.flat()) void target.client.destroy();
  }
}

/**
 * Has a socket send headers as all programs do: undici writes the names of its own in small letters.
 * @template {Socket} S
 * @param {S} socket
 * @returns {S}
 */
function withCapitals(socket) {
  const write = socket.write.bind(socket);
  socket.write = (/** @type {string} */ head, /** @type {any[]} */ ...more) =>
    write(
      head.replace('\r\nhost:', '\r\nHost:').replace('\r\nconnection:', '\r\nConnection:'),
      ...more,
    );
  return socket;
}

/** Turns an error of undici's own into one of ours. @param {unknown} error */
function own(error) {
  if (error instanceof errors.HTTPParserError) return new NotHttp();
  if (error instanceof errors.HeadersOverflowError) return new NotHttp();
  if (!(error instanceof errors.SocketError)) return error;
  return error.message === 'other side closed' ? new Ended() : new NotHttp();
}

await serve(Pings, `undici ${createRequire(import.meta.url)('undici/package.json').version}`);
