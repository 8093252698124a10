// @ts-check
/** @file Starting many tasks and joining them. */

import { foldAll } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** Has nothing to wait for. @param {number} value */
async function immediate(value) {
  return value;
}

/**
 * Promise.all joins them and gives their results.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  return foldAll(await Promise.all(job.values(iteration).map(immediate)));
}
