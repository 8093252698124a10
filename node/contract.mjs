// @ts-check
/** @file The runner contract, version 1, for all families: a job comes in, the records of its iterations go out. */

import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/**
 * A job as it came; what its params must hold is its family's to say.
 * @typedef {{ family: string, iterations: number, params: Record<string, any> }} RawJob
 */

/** The job, or the arguments of a person, cannot be done. */
export class BadJob extends Error {}

/** What executes this. Bun and Deno, which take Node's programs, name a version of Node, too. */
const { bun, deno, node } = process.versions;
const RUNTIME = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node.js ${node}`;

/** The machine's monotonic clock, in ns. */
export const now = process.hrtime.bigint;

/**
 * What a job's iterations leave behind, in flat arrays that are made before the first one: an iteration more costs its
 * words, and no object.
 */
export class Recording {
  #moments;

  /** @param {number} iterations */
  constructor(iterations) {
    this.iterations = iterations;
    this.#moments = new BigInt64Array(2 * iterations);
  }

  /** Does all iterations back to back, each given its number. @param {(iteration: number) => Promise<unknown>} work */
  async iterate(work) {
    for (let i = 0; i < this.iterations; i++) {
      this.#moments[2 * i] = now();
      await work(i);
      this.#moments[2 * i + 1] = now();
    }
  }

  /** When an iteration began, in ns of the monotonic clock. @param {number} iteration */
  start(iteration) {
    return this.#moments[2 * iteration] ?? 0n;
  }

  /** When it was over. @param {number} iteration */
  end(iteration) {
    return this.#moments[2 * iteration + 1] ?? 0n;
  }

  /** Gives what the family adds to the record of an iteration. @abstract @param {number} iteration @returns {object} */
  fields(iteration) {
    throw new Error(`Iteration ${iteration} is of no family.`);
  }
}

/**
 * Does the one job that the harness sends; sets the exit status.
 * @param {(job: RawJob) => Promise<Recording>} perform does all iterations, or throws BadJob
 * @param {...string} libraries what is used beside the runtime's own, with its version
 * @returns {Promise<void>} settled when the work is done and the input has ended
 */
export function serveHarness(perform, ...libraries) {
  return doOrRefuse(async () => {
    const runtime = [RUNTIME, ...libraries].join(', ');
    write({ ready: 1, runtime, cpus: availableParallelism() });
    let jobs = 0;
    for await (const line of createInterface({ input: process.stdin })) {
      if (jobs++ > 0) continue; // all that is left to see is the end
      const recording = await perform(parse(line));
      // Each is formatted when the one before is out: the harness reads our memory at the first.
      for (let i = 0; i < recording.iterations; i++) writeRecord(recording, i);
      write({ done: true });
    }
    if (jobs === 0) parse('');
  });
}

/**
 * Does some work; at a BadJob the process ends with status 2 and a sentence on standard error.
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function doOrRefuse(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BadJob)) throw error;
    console.error(error.message);
    process.exit(2); // at once: a bad job's input is still open, and would keep the process alive
  }
}

/**
 * Reads one line of the harness, strictly: every member due, each of its type, and no other.
 * @param {string} line
 * @returns {RawJob}
 */
function parse(line) {
  let message;
  try {
    message = JSON.parse(line);
  } catch {
    // refused below
  }
  const { family, iterations, params, ...more } = Object(message);
  const understood =
    typeof family === 'string' &&
    Number.isSafeInteger(iterations) &&
    iterations > 0 &&
    typeof params === 'object' &&
    params !== null &&
    Object.keys(more).length === 0;
  if (!understood) {
    throw new BadJob(
      'A job is a line of JSON with a family, a number of iterations and params; this one differs.',
    );
  }
  return { family, iterations, params };
}

/**
 * Sends the record of an iteration; to a pipe, Node writes at once.
 * @param {Recording} recording
 * @param {number} iteration
 */
function writeRecord(recording, iteration) {
  // JSON.stringify takes no bigint, and a number would lose digits after 104 days of uptime.
  const times = `"start_ns":${recording.start(iteration)},"end_ns":${recording.end(iteration)}`;
  const fields = JSON.stringify(recording.fields(iteration)).slice(1);
  process.stdout.write(`{"iteration":${iteration},${times},${fields}\n`);
}

/** Sends one line to the harness. @param {object} message */
function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
