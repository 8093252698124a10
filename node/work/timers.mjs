// @ts-check
/** @file Many delays at once. */

import { setImmediate, setTimeout } from 'node:timers/promises';
import { now } from '../contract.mjs';
import { foldAll } from './job.mjs';

/** @import { Job } from './job.mjs' */

export const own = ['delay_ns'];

/** Gives a value after a delay. @param {number} value @param {number} ms @returns {Promise<number>} */
async function delayed(value, ms) {
  return await setTimeout(ms, value);
}

/**
 * timers/promises, joined by Promise.all. Node counts timers in whole ms, and some were seen to be 0.5 ms
 * early, so that the join turns the loop until the delay has passed by the clock.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  const due = now() + BigInt(job.own['delay_ns'] ?? 0);
  const ms = job.ms('delay_ns');
  const values = await Promise.all(job.values(iteration).map((value) => delayed(value, ms)));
  while (now() < due) await setImmediate();
  return foldAll(values);
}
