// @ts-check
/** @file Starting many tasks and joining them by Promise.all, which gives their results. */

import { setImmediate } from 'node:timers/promises';
import { foldAll } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** Has nothing to wait for. @param {number} value */
async function immediate(value) {
  return value;
}

/** Suspends until the loop's next turn. @param {number} value */
async function yielding(value) {
  await setImmediate();
  return value;
}

/**
 * Calls of an async function with nothing to wait for: each is complete when it returns, and nothing is scheduled.
 * @param {Job} job
 * @param {number} iteration
 */
export async function asyncCall(job, iteration) {
  return foldAll(await Promise.all(job.values(iteration).map(immediate)));
}

/**
 * Calls of an async function that suspends once.
 * @param {Job} job
 * @param {number} iteration
 */
export async function yieldOnce(job, iteration) {
  return foldAll(await Promise.all(job.values(iteration).map(yielding)));
}
