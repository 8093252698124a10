// @ts-check
/** @file One workload of the programs in node/, timed by tinybench: main.mjs JOB RESULT. */

import { readFileSync, writeFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { pings } from './pings.mjs';
import { work } from './work.mjs';

/**
 * A job of the runner contract, by which program, and how often.
 * @typedef {{
 *   family: string, params: Record<string, any>, program: string, warmup: number, iterations: number
 * }} Asked
 */

/**
 * One iteration of a program, given its number: gives its checksum.
 * @typedef {(iteration: number) => Promise<number>} Work
 */

const [jobFile = '', resultFile = ''] = process.argv.slice(2);
/** @type {Asked} */
const asked = JSON.parse(readFileSync(jobFile, 'utf8'));
const iteration = await (asked.program.endsWith('.mjs') ? pings(asked) : work(asked));

let calls = 0;
let checksum = 0;
const bench = new Bench({
  warmupIterations: asked.warmup,
  warmupTime: 0,
  iterations: asked.iterations,
  time: 0,
  retainSamples: true,
  throws: true,
});
bench.add(
  'one iteration',
  async () => {
    checksum = (checksum + (await iteration(calls++))) >>> 0;
  },
  { async: true },
);
const [task] = await bench.run();
const result = task?.result;
if (result?.state !== 'completed') throw new Error('tinybench gave no result.');
const { latency } = result;
const about = new URL('node_modules/tinybench/package.json', import.meta.url);
writeFileSync(
  resultFile,
  JSON.stringify({
    harness: `tinybench ${JSON.parse(readFileSync(about, 'utf8')).version}`,
    mean_ns: latency.mean * 1e6,
    low_ns: (latency.mean - latency.moe) * 1e6,
    high_ns: (latency.mean + latency.moe) * 1e6,
    samples_ns: latency.samples?.map((ms) => ms * 1e6) ?? [],
    calls,
    checksum,
  }),
);
