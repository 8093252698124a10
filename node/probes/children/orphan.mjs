// @ts-check
/** @file Starts a job and ends. Argument: whether its timer is `held` by the loop, or not. */

import { setTimeout } from 'node:timers/promises';

const isHeld = process.argv[2] === 'held';

async function job() {
  try {
    await setTimeout(isHeld ? 1 : 60_000, undefined, { ref: isHeld });
    console.log('job-done');
  } finally {
    console.log('finally');
  }
}

void job(); // whether the process waits for it is the question
console.log('main-end');
