// @ts-check
/**
 * @file The transformation that `await` stands for: the same method compiled, and written by hand.
 *
 * Both wait once per call for a step that their driver completes, and promise a result.
 */

import { Gate } from './gate.mjs';
import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** @typedef {(step: Promise<number>) => Promise<number>} Method */

/** Awaits one step, as the engine compiles it. @type {Method} */
async function native(step) {
  const value = await step;
  return value;
}

/** The same as a state machine with callbacks: state 0 before the step, 1 at it. */
class ByHand {
  #state = 0;
  #step;
  #resolve;
  #reject;

  /**
   * @param {Promise<number>} step
   * @param {(value: number) => void} resolve
   * @param {(error: unknown) => void} reject
   */
  constructor(step, resolve, reject) {
    this.#step = step;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** The method. @type {Method} */
  static call(step) {
    return new Promise((resolve, reject) => new ByHand(step, resolve, reject).#moveNext(0));
  }

  /** Goes on to the next state. @param {number} value */
  #moveNext(value) {
    switch (this.#state) {
      case 0:
        this.#state = 1;
        this.#step.then((sent) => this.#moveNext(sent), this.#reject);
        break;
      case 1:
        this.#resolve(value);
        break;
    }
  }
}

/**
 * Runs each call to its step, completes that with a value, and waits for the result.
 * @param {Method} method
 * @param {Job} job
 * @param {number} iteration
 */
async function drive(method, job, iteration) {
  const first = job.first(iteration);
  let checksum = 0;
  for (let k = 0; k < job.size; k++) {
    const step = new Gate();
    const result = method(step.opened);
    step.open((first + k) >>> 0);
    checksum = fold(checksum, await result);
  }
  return checksum >>> 0;
}

/**
 * `async function` and `await`.
 * @param {Job} job
 * @param {number} iteration
 */
export function promise(job, iteration) {
  return drive(native, job, iteration);
}

/**
 * A class with a state.
 * @param {Job} job
 * @param {number} iteration
 */
export function byHand(job, iteration) {
  return drive(ByHand.call, job, iteration);
}
