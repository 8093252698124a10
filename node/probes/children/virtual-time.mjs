// @ts-check
/** @file Loaded before the survey's ping program: gives it a virtual clock, and sites that take their port in seconds. */

import { EventEmitter } from 'node:events';
import http from 'node:http';
import { Clock, gate } from '../gate.mjs';

/** @import { RequestOptions } from 'node:http' */

const SITES = 4;
const clock = new Clock();
const allAnswered = gate();
let answers = 0;

/** @type {any} */ (process).hrtime = () => [clock.now, 0];
/** @type {any} */ (http).request = request;

/**
 * Stands in for http.request.
 * @param {RequestOptions} options
 * @param {(response: EventEmitter) => void} accept
 */
function request({ port }, accept) {
  const made = new EventEmitter();
  return Object.assign(made, { end: () => void answer(Number(port), accept) });
}

/**
 * @param {number} seconds
 * @param {(response: EventEmitter) => void} accept
 */
async function answer(seconds, accept) {
  await clock.delay(seconds);
  const response = new EventEmitter();
  accept(response);
  await null; // the program listens for the end once its promise has settled
  response.emit('end');
  answers += 1;
  if (answers === SITES) allAnswered.open();
}

void clock.run(allAnswered.promise);
