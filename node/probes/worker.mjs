// @ts-check
/** @file What probes have worker threads do, on an array that they share. */

import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const ALONE = 1;
const MET = 2;
const BROKEN = 3;
// Two workers take 0.1 s to start; only a slow machine needs more.
const LIMIT_MS = 5000;

/** What a worker can do; each returns whether it saw the other party. @type {Record<string, (cells: Int32Array, party: number) => boolean>} */
const tasks = {
  meet: (cells) => meet(cells, LIMIT_MS),
  seeOther: (cells, party) => {
    Atomics.store(cells, party, 1);
    return spinUntil(() => Atomics.load(cells, 1 - party) === 1, LIMIT_MS);
  },
};

/**
 * Blocks this thread until a second party comes, or the time is up.
 * @param {Int32Array} cells at least one, zero at first
 * @param {number} limitMs
 * @returns {boolean} whether the two met
 */
export function meet(cells, limitMs) {
  if (Atomics.compareExchange(cells, 0, 0, ALONE) === 0) {
    Atomics.wait(cells, 0, ALONE, limitMs);
    return Atomics.compareExchange(cells, 0, ALONE, BROKEN) === MET;
  }
  const met = Atomics.compareExchange(cells, 0, ALONE, MET) === ALONE;
  Atomics.notify(cells, 0);
  return met;
}

/**
 * Keeps this thread busy until something is so, or the time is up.
 * @param {() => boolean} isSo
 * @param {number} limitMs
 */
export function spinUntil(isSo, limitMs) {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) return false;
  }
  return true;
}

/** Cells that threads can share, all zero. */
export function sharedCells() {
  return new Int32Array(new SharedArrayBuffer(8));
}

/**
 * Has two workers do the same task on shared cells.
 * @param {'meet' | 'seeOther'} task
 * @returns {Promise<boolean[]>} what each returned
 */
export function inTwoWorkers(task) {
  const cells = sharedCells();
  const parties = [0, 1].map(async (party) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { task, cells, party } });
    const [result] = await once(worker, 'message');
    await worker.terminate();
    return result;
  });
  return Promise.all(parties);
}

if (!isMainThread) {
  const { task, cells, party } = workerData;
  parentPort?.postMessage(tasks[task]?.(cells, party));
}
