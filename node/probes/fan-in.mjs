// @ts-check
/** @file Probes of joins: the order of results, and what one failure does. */

import { gate, quiet } from './gate.mjs';

/** @import { Observation } from './main.mjs' */

// probe: fan-in-order
/** Three jobs, released in the order 2, 0, 1. @returns {Promise<Observation>} */
export async function fanInOrder() {
  const gates = [gate(), gate(), gate()];
  /** @type {number[]} */
  const completed = [];
  const jobs = gates.map(async ({ promise }, i) => {
    await promise;
    completed.push(i);
    return i;
  });
  const joined = Promise.all(jobs);
  for (const i of [2, 0, 1]) {
    gates[i]?.open();
    await quiet();
  }
  return { facts: { join: await joined, 'as-completed': completed } };
}

// probe: fan-in-failure
/**
 * Joins A, which fails, and B, which ends only after the failure was, or was not, seen.
 * @param {(jobs: Promise<string>[]) => Promise<unknown>} join
 * @returns {Promise<string[]>} what happened, in order
 */
async function orderWithFailure(join) {
  /** @type {string[]} */
  const order = [];
  const gates = [gate(), gate()];
  const jobs = ['A', 'B'].map(async (name, i) => {
    await gates[i]?.promise;
    order.push(name === 'A' ? 'A-fails' : 'B-ends');
    if (name === 'A') throw new RangeError('A');
    return name;
  });
  const joined = join(jobs).then(
    (value) => order.push(`joined:${value}`),
    (error) => order.push(`raised:${error.message}`),
  );
  for (const { open } of gates) {
    open();
    await quiet();
  }
  await joined;
  return order;
}

/** One of two joined jobs fails. @returns {Promise<Observation>} */
export async function fanInFailure() {
  const settled = (/** @type {Promise<string>[]} */ jobs) =>
    Promise.allSettled(jobs).then((results) => results.map(({ status }) => status));
  return {
    facts: {
      join: await orderWithFailure((jobs) => Promise.all(jobs)),
      'all-settled': await orderWithFailure(settled),
      any: await orderWithFailure((jobs) => Promise.any(jobs)),
      race: await orderWithFailure((jobs) => Promise.race(jobs)),
    },
  };
}
