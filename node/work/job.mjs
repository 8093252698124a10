// @ts-check
/** @file The runner contract, version 1, for families without a network: a job in, checksums out. */

import { BadJob, now, serveHarness } from '../contract.mjs';

/** @import { Iteration, RawJob } from '../contract.mjs' */

/**
 * One way of doing a family: does an iteration, and gives its checksum.
 * @typedef {(job: Job, iteration: number) => Promise<number>} Way
 */

/** @type {Record<string, string[]>} */
const OWN = {
  timers: ['delay_ns'],
  blocking: ['block_ns'],
  'parallel-cpu': ['rounds'],
};

/** What to do: a size, the seed of the values, and a family's own. */
export class Job {
  /** @param {number} size @param {number} seed @param {Record<string, number>} own */
  constructor(size, seed, own) {
    this.size = size;
    this.seed = seed;
    this.own = own;
  }

  /** The first value of an iteration; each further one is greater by one, modulo 2³². @param {number} iteration */
  first(iteration) {
    return (this.seed + iteration) >>> 0;
  }

  /** The values of an iteration, in order. @param {number} iteration @returns {number[]} */
  values(iteration) {
    const values = new Array(this.size);
    const first = this.first(iteration);
    for (let k = 0; k < values.length; k++) values[k] = (first + k) >>> 0;
    return values;
  }

  /** One of the family's own parameters, in ms. @param {'delay_ns' | 'block_ns'} name @returns {number} */
  ms(name) {
    return (this.own[name] ?? 0) / 1e6;
  }
}

/**
 * Folds one value more into a checksum, which starts as 0 and is unsigned at its end: `checksum >>> 0`.
 * @param {number} checksum
 * @param {number} value
 * @returns {number}
 */
export function fold(checksum, value) {
  return (Math.imul(31, checksum) + value) | 0;
}

/**
 * The checksum of values in their order.
 * @param {number[]} values
 * @returns {number}
 */
export function foldAll(values) {
  return values.reduce(fold, 0) >>> 0;
}

/**
 * Does the job that the harness sends; sets the exit status.
 * @param {Record<string, Way>} ways by family
 * @returns {Promise<void>} settled when the work is done and the input has ended
 */
export function serve(ways) {
  return serveHarness(async (raw) => {
    const way = Object.hasOwn(ways, raw.family) ? ways[raw.family] : undefined;
    if (!way) throw new BadJob(`There is no such family here, only ${Object.keys(ways)}.`);
    return iterate(way, parse(raw), raw.iterations);
  });
}

/**
 * Does all iterations back to back.
 * @param {Way} way
 * @param {Job} job
 * @param {number} iterations
 * @returns {Promise<Iteration[]>}
 */
async function iterate(way, job, iterations) {
  const done = [];
  for (let i = 0; i < iterations; i++) {
    const start = now();
    const checksum = await way(job, i);
    done.push({ start, end: now(), fields: { checksum } });
  }
  return done;
}

/**
 * Reads a job's params, strictly: every one due, each a whole number, and no other.
 * @param {RawJob} job
 * @returns {Job}
 */
function parse({ family, params }) {
  const due = ['size', 'seed', ...(OWN[family] ?? [])];
  const understood =
    Object.keys(params).length === due.length &&
    due.every((name) => Number.isSafeInteger(params[name]) && params[name] >= 0);
  if (!understood) {
    throw new BadJob(`A job of the family ${family} has the params ${due}; this one differs.`);
  }
  const { size, seed, ...own } = params;
  return new Job(size, seed, own);
}
