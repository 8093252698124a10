// @ts-check
/** @file Two tasks that pass a value to and fro: each await really suspends. */

import { Gate } from './gate.mjs';
import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/**
 * Promises as gates: who receives a value opens the other's gate with the next one.
 * @param {Job} job
 * @param {number} iteration
 */
export async function tasks(job, iteration) {
  const gates = Array.from({ length: job.size + 1 }, () => new Gate());
  const gate = (/** @type {number} */ turn) => /** @type {Gate} */ (gates[turn]);
  const first = job.first(iteration);
  let checksum = 0;

  const player = async (/** @type {number} */ firstTurn) => {
    for (let turn = firstTurn; turn < job.size; turn += 2) {
      const value = await gate(turn).opened; // before `checksum` is read: the other player folds as well
      checksum = fold(checksum, value);
      gate(turn + 1).open((first + turn + 1) >>> 0);
    }
  };

  const players = [player(0), player(1)];
  gate(0).open(first);
  await Promise.all(players);
  return checksum >>> 0;
}
