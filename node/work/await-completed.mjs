// @ts-check
/** @file Awaiting what is complete already. */

import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/**
 * Promises that are resolved: await suspends all the same, until the next microtask.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  const first = job.first(iteration);
  let checksum = 0;
  for (let k = 0; k < job.size; k++) {
    checksum = fold(checksum, await Promise.resolve((first + k) >>> 0));
  }
  return checksum >>> 0;
}
