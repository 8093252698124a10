// @ts-check
/**
 * @file The survey's dummy event loop on generators, without its printing.
 *
 * Two tasks; a turn of the loop resumes each with what its future gives, so it delivers two values.
 */

import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/** @typedef {Generator<DummyFuture, void, number>} Task */

/** The values that futures give, and the checksum of those that tasks were given. */
class Values {
  #next;
  #checksum = 0;

  /** @param {number} first */
  constructor(first) {
    this.#next = first;
  }

  get checksum() {
    return this.#checksum >>> 0;
  }

  next() {
    return this.#next++ >>> 0;
  }

  /** @param {number} value */
  fold(value) {
    this.#checksum = fold(this.#checksum, value);
  }
}

/** A future that answers at once, with the next value. */
class DummyFuture {
  /** @param {Values} values */
  constructor(values) {
    this.values = values;
  }

  wait() {
    return this.values.next();
  }
}

/** Delegates to inner tasks, one after another. @param {Values} values @returns {Task} */
function* outer(values) {
  while (true) yield* inner(values);
}

/** Waits for two futures. @param {Values} values @returns {Task} */
function* inner(values) {
  values.fold(yield new DummyFuture(values));
  values.fold(yield new DummyFuture(values));
}

/**
 * Generators, `yield*` and `next`.
 * @param {Job} job
 * @param {number} iteration
 */
export async function generators(job, iteration) {
  const values = new Values(job.first(iteration));
  const running = [outer(values), outer(values)].map((task) => ({ task, step: task.next() }));
  for (let turn = 0; turn < job.size; turn++) {
    for (const each of running) {
      if (!each.step.done) each.step = each.task.next(each.step.value.wait());
    }
  }
  return values.checksum;
}
