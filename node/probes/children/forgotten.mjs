// @ts-check
/** @file Forgets a pending job, collects garbage (needs --expose-gc) and prints whether it was collected. */

import { setImmediate } from 'node:timers/promises';

async function job() {
  try {
    await new Promise(() => {});
  } finally {
    console.log('finally');
  }
}

const forgotten = new WeakRef(job());
await setImmediate(); // what a WeakRef was made from lives to the end of the turn
globalThis.gc?.();
console.log(forgotten.deref() ? 'kept' : 'collected');
