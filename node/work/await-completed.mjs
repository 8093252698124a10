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
  let checksum = 0;
  for (const value of job.values(iteration)) {
    checksum = fold(checksum, await Promise.resolve(value));
  }
  return checksum >>> 0;
}
