// @ts-check
/** @file Probes of starting, suspending and resuming. */

import { Clock, gate, quiet } from './gate.mjs';

/** @import { Observation } from './main.mjs' */

// probe: hello-order
/** The sample program prints its four lines in order, and lets others go on. @returns {Promise<Observation>} */
export async function helloOrder() {
  const clock = new Clock();
  /** @type {string[]} */
  let lines = [];
  const doWork = async () => {
    lines.push('Working...');
    await clock.delay(2);
    lines.push('Done!');
  };
  const main = async () => {
    lines.push('Start');
    await doWork();
    lines.push('End');
  };
  const job = async () => {
    await clock.delay(1);
    lines.push('another job');
  };
  await clock.run(main());
  const alone = lines;
  lines = [];
  await clock.run(Promise.all([main(), job()]));
  return { facts: { lines: alone, 'lines-beside-another-job': lines } };
}

// probe: call-runs-body
/** A call runs the body to its first await; a promise thrown away runs on. @returns {Promise<Observation>} */
export async function callRunsBody() {
  /** @type {string[]} */
  const order = [];
  const body = async () => {
    order.push('body-start');
    await null;
    order.push('body-end');
  };
  order.push('before');
  const called = body();
  order.push('after');
  await called;
  order.push('awaited');

  const opened = gate();
  let ended = false;
  const dropped = async () => {
    await opened.promise;
    ended = true;
  };
  void dropped(); // thrown away: what becomes of it is the question
  opened.open();
  await quiet();
  return { facts: { order, 'dropped-body-runs': ended } };
}

// probe: suspend-returns-to
/** Whom a suspending function gives control to. @returns {Promise<Observation>} */
export async function suspendReturnsTo() {
  /** @type {string[]} */
  const order = [];
  const opened = gate();
  const inner = async () => {
    order.push('inner1');
    await opened.promise;
    order.push('inner2');
  };
  const outer = async () => {
    order.push('outer1');
    const called = inner();
    order.push('outer2');
    await called;
    order.push('outer3');
  };
  setImmediate(() => {
    order.push('loop');
    opened.open();
  });
  order.push('main1');
  const called = outer();
  order.push('main2');
  await called;
  order.push('main3');
  return { facts: { order } };
}

// probe: await-completed-inline
/** Whether awaiting something complete lets others run. @returns {Promise<Observation>} */
export async function awaitCompletedInline() {
  /** @type {Record<string, () => unknown>} */
  const completed = {
    'plain-value': () => 5,
    'done-promise': () => Promise.resolve(5),
    'noop-async': async () => {},
    'empty-join': () => Promise.all([]),
  };
  /** @type {string[]} */
  const order = [];
  queueMicrotask(() => order.push('MICROTASK'));
  order.push('before');
  await Promise.resolve();
  order.push('after-done-promise');
  /** @type {string[]} */
  const yields = [];
  for (const [kind, awaitable] of Object.entries(completed)) {
    let ticked = false;
    queueMicrotask(() => (ticked = true));
    await awaitable();
    if (ticked) yields.push(kind);
  }
  const suspends = yields.length === Object.keys(completed).length;
  return { facts: { order, 'completed-await-suspends': suspends, yields } };
}

// probe: resume-order
/** In which order waiters go on, and whether before the setter does. @returns {Promise<Observation>} */
export async function resumeOrder() {
  /** @type {string[]} */
  const order = [];
  const opened = gate();
  const waiters = Array.from({ length: 8 }, async (_, i) => {
    await opened.promise;
    order.push(String(i));
  });
  opened.open();
  order.push('set');
  await Promise.all(waiters);
  return { facts: { order, 'inline-waiters': order.indexOf('set') } };
}

// probe: await-twice
/** One promise awaited twice, one function called twice. @returns {Promise<Observation>} */
export async function awaitTwice() {
  let runs = 0;
  const body = async () => {
    runs += 1;
    await null;
    return runs;
  };
  const called = body();
  const twice = [`value ${await called}`, `value ${await called}`];
  const taskRuns = runs;
  runs = 0;
  await Promise.all([body(), body()]);
  return { facts: { 'task-twice': twice, 'task-runs': taskRuns, 'two-calls-run': runs } };
}
