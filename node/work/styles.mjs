// @ts-check
/** @file The same dependent steps with await, as a promise chain and as callbacks: each takes one turn of the loop. */

import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** Promises a value on the loop's next turn. @param {number} value @returns {Promise<number>} */
function step(value) {
  return new Promise((resolve) => setImmediate(resolve, value));
}

/**
 * Awaits each step.
 * @param {Job} job
 * @param {number} iteration
 */
export async function coroutine(job, iteration) {
  let checksum = 0;
  for (const value of job.values(iteration)) {
    checksum = fold(checksum, await step(value));
  }
  return checksum >>> 0;
}

/**
 * Chains each step to the one before.
 * @param {Job} job
 * @param {number} iteration
 * @returns {Promise<number>}
 */
export function then(job, iteration) {
  return job
    .values(iteration)
    .reduce(
      (earlier, value) =>
        earlier.then((checksum) => step(value).then((received) => fold(checksum, received))),
      Promise.resolve(0),
    )
    .then((checksum) => checksum >>> 0);
}

/**
 * Has each turn of the loop call when the step is done: no promise but the iteration's.
 * @param {Job} job
 * @param {number} iteration
 * @returns {Promise<number>}
 */
export function callbacks(job, iteration) {
  return new Promise((resolve) => {
    const first = job.first(iteration);
    let checksum = 0;
    let k = 0;

    const start = () => {
      if (k === job.size) resolve(checksum >>> 0);
      else setImmediate(stop, (first + k++) >>> 0);
    };
    const stop = (/** @type {number} */ value) => {
      checksum = fold(checksum, value);
      start();
    };

    start();
  });
}
