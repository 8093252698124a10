// @ts-check
/** @file Cancelling many pending tasks, until the last has ended. */

import { now } from '../contract.mjs';
import { foldAll } from './job.mjs';

/** @import { Job } from './job.mjs' */

export const field = 'cancel_ns';

/** Waits for what never comes; gives the value when cancelled. @param {number} value @param {AbortSignal} signal */
async function pending(value, signal) {
  try {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return value;
}

/**
 * A controller for each: a signal of many listeners looks through all of them for every new one, and is slower.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  const waiting = job.values(iteration).map((value) => {
    const controller = new AbortController();
    return { controller, end: pending(value, controller.signal) };
  });
  const start = now();
  for (const { controller } of waiting) controller.abort();
  const values = await Promise.all(waiting.map(({ end }) => end));
  job.noted = Number(now() - start);
  return foldAll(values);
}
