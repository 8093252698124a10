// @ts-check
/** @file The families without a network in the runner contract, version 1: a job in, checksums out. */

import { existsSync } from 'node:fs';
import { BadJob, Recording, serveHarness } from '../contract.mjs';

/** @import { RawJob } from '../contract.mjs' */

/**
 * One way of doing a family: does an iteration, and gives its checksum.
 * @typedef {(job: Job, iteration: number) => Promise<number>} Way
 */

/** What to do: a size, the seed of the values, and a family's own. */
export class Job {
  /** @param {number} size @param {number} seed @param {Record<string, number>} own */
  constructor(size, seed, own) {
    this.size = size;
    this.seed = seed;
    this.own = own;
    /** What a way saw in an iteration, for the field that its family adds to the record. */
    this.noted = 0;
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

  /** One of the family's own parameters, in ms. @param {string} name @returns {number} */
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

/** The checksum of each iteration, and what belongs into its family's field where there is one. */
class WorkRecording extends Recording {
  #checksums;
  #noted;

  /** @param {number} iterations @param {string} [field] */
  constructor(iterations, field) {
    super(iterations);
    this.field = field;
    this.#checksums = new Uint32Array(iterations);
    this.#noted = new Float64Array(iterations);
  }

  /** @param {number} iteration @param {number} checksum @param {number} noted */
  record(iteration, checksum, noted) {
    this.#checksums[iteration] = checksum;
    this.#noted[iteration] = noted;
  }

  /** Gives an iteration's checksum, and what was noted of it. @override @param {number} iteration */
  fields(iteration) {
    const own = this.field ? { [this.field]: this.#noted[iteration] } : {};
    return { checksum: this.#checksums[iteration], ...own };
  }
}

/**
 * Does the job that the harness sends in one way; sets the exit status.
 * @param {string} way
 * @returns {Promise<void>} settled when the work is done, the input has ended and the family's pool is closed
 */
export async function serve(way) {
  /** @type {Record<string, any>} */
  let family = {};
  await serveHarness(async (raw) => {
    family = await find(raw.family);
    return perform(way, family, raw);
  });
  await family['close']?.();
}

/**
 * Does all iterations of a job in the way of that name.
 * @param {string} name
 * @param {Record<string, any>} family
 * @param {RawJob} raw
 */
async function perform(name, family, raw) {
  /** @type {Way | undefined} */
  const way = family[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())];
  if (!way) {
    throw new BadJob(`There is no family ${JSON.stringify(raw.family)} here in the way ${name}.`);
  }
  const job = parse(raw, family['own'] ?? []);
  const recording = new WorkRecording(raw.iterations, family['field']);
  await recording.iterate(async (iteration) =>
    recording.record(iteration, await way(job, iteration), job.noted),
  );
  return recording;
}

/** Imports a family: the file of its name in this folder, whose exports are its ways. @param {string} name */
async function find(name) {
  const isName = /^[a-z]+(-[a-z]+)*$/.test(name);
  const isFamily = isName && existsSync(new URL(`${name}.mjs`, import.meta.url));
  return isFamily ? import(`./${name}.mjs`) : {};
}

/**
 * Reads a job's params, strictly: every one due, each a whole number, and no other. None is negative, and a pool has a
 * worker at least.
 * @param {RawJob} raw
 * @param {string[]} own
 * @returns {Job}
 */
function parse({ family, params }, own) {
  const due = ['size', 'seed', ...own];
  const understood =
    Object.keys(params).length === due.length &&
    due.every(
      (name) => Number.isSafeInteger(params[name]) && params[name] >= (name === 'workers' ? 1 : 0),
    );
  if (!understood) {
    throw new BadJob(`A job of the family ${family} has the params ${due}; this one differs.`);
  }
  return new Job(params['size'], params['seed'], params);
}
