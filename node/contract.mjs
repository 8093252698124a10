// @ts-check
/** @file The runner contract, version 1, for all families: a job comes in, the records of its iterations go out. */

import { createInterface } from 'node:readline';

/**
 * A job as it came; what its params must hold is its family's to say.
 * @typedef {{ family: string, iterations: number, params: Record<string, any> }} RawJob
 */

/**
 * One iteration: its moments in ns of the monotonic clock, and what its work gave.
 * @template Result
 * @typedef {{ start: bigint, end: bigint, result: Result }} Iteration
 */

/** The job, or the arguments of a person, cannot be done. */
export class BadJob extends Error {}

/** The machine's monotonic clock, in ns. */
export const now = process.hrtime.bigint;

/**
 * Does the one job that the harness sends; sets the exit status.
 * @template Result
 * @param {(job: RawJob) => Promise<Iteration<Result>[]>} perform does all iterations, or throws BadJob
 * @param {(iteration: Iteration<Result>) => object} fields gives what the family adds to the record of one
 * @returns {Promise<void>} settled when the work is done and the input has ended
 */
export function serveHarness(perform, fields) {
  return doOrRefuse(async () => {
    write({ ready: 1, runtime: `Node.js ${process.versions.node}` });
    let jobs = 0;
    try {
      for await (const line of createInterface({ input: process.stdin })) {
        if (jobs++ > 0) continue; // all that is left to see is the end
        const iterations = await perform(parse(line));
        iterations.forEach((iteration, number) =>
          writeRecord(iteration, number, fields(iteration)),
        );
        write({ done: true });
      }
    } finally {
      process.stdin.destroy(); // or a bad job's open input would keep the process alive
    }
    if (jobs === 0) parse('');
  });
}

/**
 * Does some work; sets the exit status: 2, with a sentence on standard error, at a BadJob.
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function doOrRefuse(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BadJob)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/**
 * Does all iterations back to back, each given its number.
 * @template Result
 * @param {(iteration: number) => Promise<Result>} work
 * @param {number} iterations
 * @returns {Promise<Iteration<Result>[]>}
 */
export async function iterate(work, iterations) {
  const done = [];
  for (let i = 0; i < iterations; i++) {
    const start = now();
    const result = await work(i);
    done.push({ start, end: now(), result });
  }
  return done;
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
 * Sends an iteration's record.
 * @param {Iteration<unknown>} iteration
 * @param {number} number
 * @param {object} fields
 */
function writeRecord({ start, end }, number, fields) {
  // JSON.stringify takes no bigint, and a number would lose digits after 104 days of uptime.
  const times = `"iteration":${number},"start_ns":${start},"end_ns":${end}`;
  process.stdout.write(`{${times},${JSON.stringify(fields).slice(1)}\n`);
}

/** Sends one line to the harness. @param {object} message */
function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
