// @ts-check
/** @file Jobs that only compute, started at once. */

import { foldAll } from './job.mjs';
import { run } from './pool.mjs';

export { close } from './pool.mjs';

/** @import { Job } from './job.mjs' */

export const own = ['rounds', 'workers'];

/** Turns a linear congruential generator. @param {number} value @param {number} rounds */
export function compute(value, rounds) {
  for (let round = 0; round < rounds; round++) {
    value = (Math.imul(1664525, value) + 1013904223) | 0;
  }
  return value >>> 0;
}

/**
 * Handed to worker threads.
 * @param {Job} job
 * @param {number} iteration
 */
export async function workers(job, iteration) {
  const rounds = job.own['rounds'] ?? 0;
  const workers = job.own['workers'] ?? 0;
  return foldAll(
    await run(
      job.values(iteration).map((value) => ['compute', value, rounds]),
      workers,
    ),
  );
}
