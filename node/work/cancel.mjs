// @ts-check
/** @file Cancelling many pending tasks, until the last has ended. */

import { setMaxListeners } from 'node:events';
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
 * A controller for each.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  /** @type {AbortController[]} */
  const controllers = [];
  const waiting = job.values(iteration).map((value) => {
    const controller = new AbortController();
    controllers.push(controller);
    return pending(value, controller.signal);
  });
  return cancel(job, controllers, waiting);
}

/**
 * One controller for all, whose signal compares each new listener with all before it.
 * @param {Job} job
 * @param {number} iteration
 */
export async function sharedSignal(job, iteration) {
  const controller = new AbortController();
  setMaxListeners(job.size, controller.signal); // more than 10 would be taken for a leak
  const waiting = job.values(iteration).map((value) => pending(value, controller.signal));
  return cancel(job, [controller], waiting);
}

/**
 * Cancels all and joins them, against the clock.
 * @param {Job} job
 * @param {AbortController[]} controllers
 * @param {Promise<number>[]} waiting
 */
async function cancel(job, controllers, waiting) {
  const start = now();
  for (const controller of controllers) controller.abort();
  const values = await Promise.all(waiting);
  job.noted = Number(now() - start);
  return foldAll(values);
}
