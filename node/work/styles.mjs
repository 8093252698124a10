// @ts-check
/** @file The same dependent steps with await, with then and as callbacks: each takes one turn of the loop. */

import { setImmediate as turn } from 'node:timers/promises';
import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** Gives a value on the loop's next turn. @param {number} value */
async function step(value) {
  await turn();
  return value;
}

/**
 * Awaits each step.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  const first = job.first(iteration);
  let checksum = 0;
  for (let k = 0; k < job.size; k++) {
    checksum = fold(checksum, await step((first + k) >>> 0));
  }
  return checksum >>> 0;
}

/**
 * Asks each step to go on with the next one. (Not named `then`: whatever has a `then` is no module to await.)
 * @param {Job} job
 * @param {number} iteration
 */
export function promiseChain(job, iteration) {
  return inTurn(job, iteration, (value, stop) => step(value).then(stop));
}

/**
 * Has each turn of the loop call when the step is done: no promise but the iteration's.
 * @param {Job} job
 * @param {number} iteration
 */
export function callbacks(job, iteration) {
  return inTurn(job, iteration, (value, stop) => setImmediate(stop, value));
}

/**
 * Begins each step when the one before has called with its value.
 * @param {Job} job
 * @param {number} iteration
 * @param {(value: number, stop: (value: number) => void) => void} begin
 * @returns {Promise<number>}
 */
function inTurn(job, iteration, begin) {
  return new Promise((resolve) => {
    const first = job.first(iteration);
    let checksum = 0;
    let k = 0;

    const start = () => {
      if (k === job.size) resolve(checksum >>> 0);
      else begin((first + k++) >>> 0, stop);
    };
    const stop = (/** @type {number} */ value) => {
      checksum = fold(checksum, value);
      start();
    };

    start();
  });
}
