// @ts-check
/** @file A pool of worker threads, each with one call at a time; a kept pool is shared by all iterations. */

import { Worker } from 'node:worker_threads';

/** @import { Call } from './worker.mjs' */

/** @typedef {{ call: Call, resolve: (value: number) => void }} Pending */

/** @type {Worker[]} */
const pool = [];

/** @type {Pending[]} */
const queue = [];

/**
 * Makes calls in workers, in order as these are free.
 * @param {Call[]} calls
 * @param {number} workers how many there are
 * @returns {Promise<number[]>} what the calls return
 */
export function run(calls, workers) {
  // The errors of a worker are unhandled, thus the program's end.
  while (pool.length < workers) pool.push(new Worker(new URL('./worker.mjs', import.meta.url)));
  const results = calls.map(
    (call) =>
      new Promise((/** @type {(value: number) => void} */ resolve) => {
        queue.push({ call, resolve });
      }),
  );
  for (const worker of pool) next(worker);
  return Promise.all(results);
}

/** Ends the workers. */
export async function close() {
  await Promise.all(pool.map((worker) => worker.terminate()));
}

/** Gives a worker that is free the next call. @param {Worker} worker */
function next(worker) {
  const pending = queue.shift();
  if (!pending) return;
  worker.once('message', (value) => {
    pending.resolve(value);
    next(worker);
  });
  worker.postMessage(pending.call);
}
