// @ts-check
/** @file What the pool's workers do: one call after another. */

import { parentPort } from 'node:worker_threads';
import { block } from './blocking.mjs';
import { compute } from './parallel-cpu.mjs';

const functions = { block, compute };

/** A function's name and its two arguments. @typedef {[name: keyof typeof functions, value: number, much: number]} Call */

parentPort?.on('message', (/** @type {Call} */ [name, value, much]) => {
  parentPort?.postMessage(functions[name](value, much));
});
