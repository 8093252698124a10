// @ts-check
/** @file Calls that block, started at once. */

import { availableParallelism } from 'node:os';
import { foldAll } from './job.mjs';
import { run } from './pool.mjs';

export { close } from './pool.mjs';

/** @import { Job } from './job.mjs' */

export const own = ['block_ns'];

const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread, then returns a value. @param {number} value @param {number} ms */
export function block(value, ms) {
  Atomics.wait(never, 0, 0, ms);
  return value;
}

/**
 * Called from async functions: each holds up the event loop.
 * @param {Job} job
 * @param {number} iteration
 */
export async function onLoop(job, iteration) {
  const ms = job.ms('block_ns');
  const call = async (/** @type {number} */ value) => block(value, ms);
  return foldAll(await Promise.all(job.values(iteration).map(call)));
}

/**
 * Handed to worker threads, one per CPU.
 * @param {Job} job
 * @param {number} iteration
 */
export async function workers(job, iteration) {
  const ms = job.ms('block_ns');
  return foldAll(
    await run(
      job.values(iteration).map((value) => ['block', value, ms]),
      availableParallelism(),
    ),
  );
}
