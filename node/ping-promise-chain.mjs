// @ts-check
/** @file HTTP HEAD pings with node:http and chains of promises, as in the survey: no async, no await. */

import { once } from 'node:events';
import http from 'node:http';
import { now } from './contract.mjs';
import { NOT_SEEN, NotHttp, TimedOut, failureOf, serve, validStatus } from './ping-contract.mjs';

/** @import { Job, PingRecording, Site } from './ping-contract.mjs' */

/** A site as its chain sees it: what is asked for there. The agent keeps the connection. */
class Target {
  /** @param {http.Agent} agent @param {Site} site @param {Job} job @param {PingRecording} recording */
  constructor(agent, { name, host, port }, job, recording) {
    this.job = job;
    this.recording = recording;
    this.options = {
      method: 'HEAD',
      host,
      port,
      path: job.path,
      setHost: false,
      headers: ['Host', name, 'Connection', job.connection],
      agent,
    };
  }

  /** Sends one HEAD request and reads the head of its answer. @param {number} slot @returns {Promise<unknown>} */
  ping(slot) {
    const start = now();
    let connect = NOT_SEEN;
    const deadline = setTimeout(() => request.destroy(new TimedOut()), this.job.timeoutMs);
    const request = http.request(this.options);
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (connect = now()));
    });
    return answerTo(request)
      .then((response) => {
        const status = validStatus(response.statusCode);
        const end = now();
        this.recording.record(slot, start, connect, end, end, status);
        return once(response.resume(), 'end'); // nothing to read, but only so does the connection go back
      })
      .catch((error) => {
        const end = now();
        const connected = connect !== NOT_SEEN || request.reusedSocket;
        this.recording.record(slot, start, connect, NOT_SEEN, end, failureOf(error, connected));
        request.destroy();
      })
      .finally(() => clearTimeout(deadline));
  }
}

class Pings {
  /** @param {Job} job @param {PingRecording} recording */
  constructor(job, recording) {
    this.job = job;
    const keepAlive = job.connection === 'keep-alive';
    this.agent = new http.Agent({ keepAlive, maxSockets: keepAlive ? 1 : Infinity });
    this.chains = job.targets((site) => new Target(this.agent, site, job, recording));
  }

  /** Pings the targets of a chain one after another. @param {Target[]} targets @param {number} slot */
  chain(targets, slot) {
    return targets.reduce(
      (earlier, target, i) => earlier.then(() => target.ping(slot + i)),
      /** @type {Promise<unknown>} */ (Promise.resolve()),
    );
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
    this.agent.destroy();
  }
}

/**
 * Sends a request and resolves to its answer.
 * @param {http.ClientRequest} request
 * @returns {Promise<http.IncomingMessage>}
 */
function answerTo(request) {
  return new Promise((accept, reject) => {
    request.on('response', accept).on('error', reject);
    request.on('upgrade', (_, socket) => {
      socket.destroy(); // nobody asked for another protocol
      reject(new NotHttp());
    });
    request.end();
  });
}

// Nothing to wait for here: Node ends when there is nothing more to do.
void serve(Pings);
