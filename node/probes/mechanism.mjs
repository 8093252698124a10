// @ts-check
/** @file Probes of what await is made of: state machines, generators, thenables and microtasks. */

import { createHash } from 'node:crypto';
import { inspect, types } from 'node:util';
import { transcript } from './dummy-loop.mjs';
import { gate } from './gate.mjs';

/** @import { Observation } from './main.mjs' */
/** @import { Gate } from './gate.mjs' */

// probe: state-machine-artifact
/** What an async function is, seen from outside. @returns {Promise<Observation>} */
export async function stateMachineArtifact() {
  const body = async () => {
    await null;
  };
  const pending = body();
  const shown = inspect(pending);
  const handles = ['next', 'send', 'throw', 'resume', 'MoveNext'].filter((name) => name in pending);
  await pending;
  return {
    facts: {
      'function-type': body.constructor.name,
      'is-async-function': types.isAsyncFunction(body),
      'pending-shows': shown,
      'resumable-handles': handles,
    },
  };
}

// probe: handwritten-state-machine
/**
 * Runs a generator as await would: each yielded promise settles, then the generator goes on.
 * @template T
 * @param {Generator<unknown, T, unknown>} steps
 * @returns {Promise<T>}
 */
function drive(steps) {
  return new Promise((resolve, reject) => {
    const goOn = (/** @type {() => IteratorResult<unknown, T>} */ advance) => {
      try {
        const { done, value } = advance();
        if (done) return resolve(/** @type {T} */ (value));
        const next = (/** @type {unknown} */ result) => goOn(() => steps.next(result));
        const fail = (/** @type {unknown} */ error) => goOn(() => steps.throw(error));
        Promise.resolve(value).then(next, fail);
      } catch (error) {
        reject(error);
      }
    };
    goOn(() => steps.next());
  });
}

/** The seed's five cases of what is awaited. @type {Record<string, (opened: Gate<void>) => Promise<void>>} */
const awaitables = {
  pending: ({ promise, open }) => (queueMicrotask(open), promise),
  completed: () => Promise.resolve(),
  faulted: () => Promise.reject(new RangeError()),
  'pending-then-faulted': ({ promise, fail }) => (
    queueMicrotask(() => fail(new RangeError())),
    promise
  ),
  cancelled: () => Promise.reject(AbortSignal.abort().reason),
};

/** The method compiled, and by hand as a driven generator. @returns {Promise<Observation>} */
export async function handwrittenStateMachine() {
  /** @type {Record<string, string[]>} */
  const facts = {};
  /** @param {(log: string[], awaited: Promise<void>) => Promise<void>} method @param {string} name */
  const observe = async (method, name) => {
    for (const [kind, awaitable] of Object.entries(awaitables)) {
      /** @type {string[]} */
      const log = (facts[`${name}-${kind}`] = []);
      const end = () => 'fulfilled';
      log.push(
        await method(log, awaitable(gate())).then(end, (error) => `rejected: ${error.name}`),
      );
    }
  };
  await observe(async (log, awaited) => {
    log.push('Working...');
    await awaited;
    log.push('Done!');
  }, 'compiled');
  await observe((log, awaited) => {
    return drive(
      (function* () {
        log.push('Working...');
        yield awaited;
        log.push('Done!');
      })(),
    );
  }, 'by-hand');
  const equal = Object.keys(awaitables).filter(
    (kind) => String(facts[`compiled-${kind}`]) === String(facts[`by-hand-${kind}`]),
  );
  return { facts: { ...facts, 'equal-on': equal } };
}

// probe: coroutine-vs-generator
/** How far an async function is a generator. @returns {Promise<Observation>} */
export async function coroutineVsGenerator() {
  const called = (async () => {})();
  let ran = false;
  const generator = (function* () {
    ran = true;
    yield;
  })();
  const awaited = await generator;
  return {
    facts: {
      'is-generator': types.isGeneratorFunction(async () => {}),
      'is-iterable': Symbol.iterator in called,
      'yield-inside': compiles('async () => { yield* []; }'),
      'await-inside-generator': compiles('(function* () { await null; })'),
      'awaited-generator-runs': ran,
      'awaited-generator-is-itself': awaited === generator,
      'driven-generator-awaits': (await drive(answer())) === 42,
    },
  };
}

/** @returns {Generator<Promise<number>, number, any>} */
function* answer() {
  return (yield Promise.resolve(41)) + 1;
}

/** Says whether strict code compiles: `ok`, or the error's name. @param {string} code */
function compiles(code) {
  try {
    new Function(`'use strict'; ${code}`);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

// probe: manual-drive
/** A function's steps driven by hand, without a loop. @returns {Promise<Observation>} */
export async function manualDrive() {
  /** @type {unknown[]} */
  const received = [];
  /** @returns {Generator<string, string, unknown>} */
  const steps = function* () {
    received.push(yield 'first');
    received.push(yield 'second');
    return 'returned';
  };
  const driven = steps();
  const sent = ['a', 'b', 'c', 'd'].map((value) => driven.next(value));
  return {
    facts: {
      yields: sent.map(({ value }) => String(value)),
      done: sent.map(({ done }) => String(done)),
      received: received.map(String),
      'first-send': received.includes('a') ? 'delivered' : 'dropped',
      'send-after-end': sent[3]?.value === undefined ? 'undefined' : 'value',
    },
  };
}

// probe: awaitable-kinds
/** What can be awaited, and what can be settled from outside. @returns {Promise<Observation>} */
export async function awaitableKinds() {
  let ticks = 0;
  let calledAt = -1;
  let inCall = true;
  const thenable = {
    /** @param {(value: string) => void} resolve */
    then(resolve) {
      calledAt = inCall ? 0 : ticks;
      resolve('from then');
    },
  };
  queueMicrotask(() => (ticks += 1));
  const pending = (async () =>
    await /** @type {Promise<string>} */ (/** @type {unknown} */ (thenable)))();
  inCall = false;
  const value = await pending;
  const { promise, open } = /** @type {Gate<string>} */ (gate());
  open('first');
  open('second');
  const settlers = ['resolve', 'reject', 'setResult'].filter((name) => name in promise);
  return {
    facts: {
      'thenable-gives': value,
      'thenable-is-promise': types.isPromise(thenable),
      'thenable-called-after-microtasks': calledAt,
      'value-gives': await 5,
      'settled-twice-gives': await promise,
      'promise-settlers': settlers,
    },
  };
}

// probe: promise-adoption-ticks
/** Microtasks until the continuation, beside `resolved.then(f)`. @returns {Promise<Observation>} */
export async function promiseAdoptionTicks() {
  const resolved = Promise.resolve('inner');
  const thenable = /** @type {PromiseLike<string>} */ ({ then: (accept) => accept?.('inner') });
  /** @type {Record<string, () => Promise<unknown>>} */
  const ways = {
    'await-promise': async () => void (await resolved),
    'await-value': async () => void (await 5),
    'await-thenable': async () => void (await thenable),
    'then-value': () => resolved.then(() => 5).then(() => {}),
    'then-promise': () => resolved.then(() => resolved).then(() => {}),
    'then-thenable': () => resolved.then(() => thenable).then(() => {}),
    'async-value': () => (async () => 5)().then(() => {}),
    'async-return-promise': () => (async () => resolved)().then(() => {}),
    'async-return-await': () => (async () => await resolved)().then(() => {}),
    'resolve-with-promise': () => new Promise((resolve) => resolve(resolved)).then(() => {}),
    'join-one': () => Promise.all([resolved]).then(() => {}),
  };
  /** @type {Record<string, number>} */
  const facts = {};
  const plain = await microtasks(() => resolved.then(() => {}));
  for (const [name, way] of Object.entries(ways)) facts[name] = (await microtasks(way)) - plain;
  const { promise, open } = gate();
  const outer = resolved.then(() => promise);
  await resolved;
  const pending = inspect(outer).includes('<pending>');
  open();
  await outer;
  /** @type {unknown[]} */
  const handedOn = [];
  const take = (/** @type {unknown} */ value) => void handedOn.push(value);
  await Promise.resolve('start').then(take).then(take);
  return {
    facts: {
      ...facts,
      'outer-is-inner': outer === promise,
      'outer-pending-with-inner': pending,
      'resolve-is-identity': Promise.resolve(promise) === promise,
      'chain-hands-on': handedOn.map(String),
    },
  };
}

/**
 * Counts the microtask turns until what is started has gone on.
 * @param {() => Promise<unknown>} start
 */
async function microtasks(start) {
  let turns = 0;
  let running = true;
  void start().then(() => (running = false));
  while (running) {
    await null;
    turns += 1;
  }
  return turns;
}

// probe: dummy-loop-transcript
/** The survey's loop on generators, its output. @returns {Promise<Observation>} */
export async function dummyLoopTranscript() {
  const lines = transcript();
  const sha256 = createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
  return { facts: { lines, sha256 } };
}
