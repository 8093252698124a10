// @ts-check
/** @file A pool of worker threads, each with one call at a time; a kept pool is shared by all iterations. */

import { Worker } from 'node:worker_threads';

/** @import { Call } from './worker.mjs' */

/** @typedef {{ call: Call, resolve: (value: number) => void }} Pending */

/** @type {Worker[]} */
let idle;

/** @type {Pending[]} */
const queue = [];

/**
 * Makes calls in workers, in order as these are free.
 * @param {Call[]} calls
 * @param {number} workers how many there are; the first calls decide
 * @returns {Promise<number[]>} what the calls return
 */
export function run(calls, workers) {
  idle ??= Array.from({ length: workers }, start);
  const results = calls.map(
    (call) =>
      new Promise((/** @type {(value: number) => void} */ resolve) => {
        queue.push({ call, resolve });
      }),
  );
  for (const worker of idle.splice(0)) next(worker);
  return Promise.all(results);
}

/** Starts a worker; its errors are unhandled, thus the program's end. */
function start() {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url));
  worker.unref();
  return worker;
}

/** Gives a worker the next call; one without a call does not keep the process alive. @param {Worker} worker */
function next(worker) {
  const pending = queue.shift();
  if (!pending) {
    worker.unref();
    idle.push(worker);
    return;
  }
  worker.ref();
  worker.once('message', (value) => {
    pending.resolve(value);
    next(worker);
  });
  worker.postMessage(pending.call);
}
