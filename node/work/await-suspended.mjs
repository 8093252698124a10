// @ts-check
/** @file Two tasks that pass a value to and fro: each await really suspends. */

import { Gate } from './gate.mjs';
import { fold } from './job.mjs';

/** @import { Job } from './job.mjs' */

/**
 * Promises as gates, one per player: who receives a value closes a new gate of its own, and opens
 * the other's with the next value.
 * @param {Job} job
 * @param {number} iteration
 */
export async function promise(job, iteration) {
  /** @type {[Gate, Gate]} */
  const gates = [new Gate(), new Gate()];
  const first = job.first(iteration);
  let checksum = 0;

  const player = async (/** @type {0 | 1} */ self) => {
    const other = self === 0 ? 1 : 0;
    for (let turn = /** @type {number} */ (self); turn < job.size; turn += 2) {
      const value = await gates[self].opened; // before `checksum` is read: the other player folds as well
      checksum = fold(checksum, value);
      gates[self] = new Gate();
      gates[other].open((first + turn + 1) >>> 0);
    }
  };

  const players = [player(0), player(1)];
  gates[0].open(first);
  await Promise.all(players);
  return checksum >>> 0;
}
