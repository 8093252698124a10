// @ts-check
/** @file Probes of threads: where code resumes, what blocking blocks, what runs in parallel, what races. */

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { runChild } from './child.mjs';
import { quiet } from './gate.mjs';
import { inTwoWorkers, meet, sharedCells, spinUntil } from './worker.mjs';

/** @import { Observation } from './main.mjs' */

const TASKS = 1000;
const BOUND_MS = 300;

// probe: resume-thread
/** On which thread an async function goes on. @returns {Promise<Observation>} */
export async function resumeThread() {
  const caller = threadId;
  const seen = [];
  await null;
  seen.push(threadId);
  await quiet();
  seen.push(threadId);
  await setTimeout(1);
  seen.push(threadId);
  await stat('.'); // done by a thread of libuv's pool
  seen.push(threadId);
  await inTwoWorkers('meet');
  seen.push(threadId);
  return {
    facts: {
      threads: new Set([caller, ...seen]).size,
      'resumes-on-caller': seen.every((id) => id === caller),
    },
  };
}

// probe: blocking-rendezvous
/** Whether two bodies that block can be inside at once. @returns {Promise<Observation>} */
export async function blockingRendezvous() {
  let ticks = 0;
  const ticker = setInterval(() => (ticks += 1), 1);
  const cells = sharedCells();
  const body = async () => {
    const before = ticks;
    const met = meet(cells, BOUND_MS);
    return { met, ticks: ticks - before };
  };
  const onLoop = await Promise.all([body(), body()]);
  const before = ticks;
  const inWorkers = await inTwoWorkers('meet');
  const workerTicks = ticks - before;
  clearInterval(ticker);
  return {
    facts: {
      'loop-met': onLoop.some(({ met }) => met),
      'loop-ticks-while-blocked': onLoop.reduce((sum, result) => sum + result.ticks, 0),
      'threads-met': inWorkers.every((met) => met),
      'loop-ticks-otherwise': workerTicks > 0,
    },
    info: { 'ticks-while-workers-block': workerTicks },
  };
}

// probe: pool-exhaustion
/** What waits when all threads of the pool are blocked. @returns {Promise<Observation>} */
export async function poolExhaustion() {
  const { lines, outcome } = await withPool('2');
  const larger = await withPool('4');
  const release = lines.indexOf('release');
  const isBefore = (/** @type {string} */ name) => lines.slice(0, release).includes(name);
  return {
    facts: {
      'timer-fires': isBefore('timer'),
      'socket-receives': isBefore('socket'),
      'extra-job-waits': !isBefore('stat'),
      'order-after-release': lines.slice(release + 1),
      'complete-after-release': outcome === 'exit-0',
      'extra-job-waits-in-larger-pool':
        larger.lines.indexOf('stat') > larger.lines.indexOf('release'),
    },
  };
}

/** Blocks two threads of a pool on FIFOs that nobody writes to yet. @param {string} size of the pool */
async function withPool(size) {
  const folder = await mkdtemp(join(tmpdir(), 'probe-'));
  const fifos = ['a', 'b'].map((name) => join(folder, name));
  try {
    execFileSync('mkfifo', fifos);
    return await runChild('pool.mjs', fifos, { environment: { UV_THREADPOOL_SIZE: size } });
  } finally {
    await rm(folder, { recursive: true });
  }
}

// probe: parallel-spin-flag
/** Whether one spinning body sees a flag that another sets. @returns {Promise<Observation>} */
export async function parallelSpinFlag() {
  let flag = false;
  const spins = async () => spinUntil(() => flag, BOUND_MS);
  const sets = async () => void (flag = true);
  const [onLoop] = await Promise.all([spins(), sets()]);
  const inWorkers = await inTwoWorkers('seeOther');
  return { facts: { 'loop-saw-flag': onLoop, 'threads-saw-flag': inWorkers.every((saw) => saw) } };
}

// probe: lost-update
/** What is left of 1000 tasks' increments. @returns {Promise<Observation>} */
export async function lostUpdate() {
  const completed = Promise.resolve();
  let count = 0;
  /** @type {Record<string, () => Promise<void>>} */
  const increments = {
    'nothing-between': async () => {
      const read = count;
      count = read + 1;
    },
    'yield-between': async () => {
      const read = count;
      await quiet();
      count = read + 1;
    },
    'completed-between': async () => {
      const read = count;
      await completed;
      count = read + 1;
    },
    'add-await-suspending': async () => {
      count += await one();
    },
  };
  /** @type {Record<string, number>} */
  const facts = {};
  for (const [name, increment] of Object.entries(increments)) {
    count = 0;
    await Promise.all(Array.from({ length: TASKS }, increment));
    facts[name] = count;
  }
  return { facts };
}

async function one() {
  await quiet();
  return 1;
}

// probe: sync-over-async
/** Whether a function can wait for a result without awaiting it. @returns {Promise<Observation>} */
export async function syncOverAsync() {
  let done = false;
  void Promise.resolve().then(() => (done = true));
  const whileSpinning = spinUntil(() => done, BOUND_MS);
  await quiet();
  return { facts: { 'loop-completes': whileSpinning, 'completes-after-yield': done } };
}
