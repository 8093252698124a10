// @ts-check
/** @file Probes of cancellation: who must pass a signal along, who runs when, who can swallow it. */

import { setTimeout } from 'node:timers/promises';
import { gate, quiet } from './gate.mjs';

/** @import { Observation } from './main.mjs' */

// probe: cancel-swallow
/** What a cancellation is, and whether a catch can swallow it. @returns {Promise<Observation>} */
export async function cancelSwallow() {
  const signal = AbortSignal.abort();
  /** @type {unknown} */
  const ofTimer = await setTimeout(60_000, undefined, { signal }).catch((error) => error);
  /** @type {string[]} */
  const order = [];
  const body = async () => {
    try {
      signal.throwIfAborted();
    } catch {
      order.push('caught-as-error');
    }
    await null;
    order.push('next-await-works');
    return 'value';
  };
  const ends = `returned ${await body()}`;
  return {
    facts: {
      ends,
      order,
      'is-exception': signal.reason instanceof Error && ofTimer instanceof Error,
      'signal-error': describe(signal.reason),
      'timer-error': describe(ofTimer),
    },
  };
}

/** An error's class, name and code. @param {unknown} error */
function describe(error) {
  const { constructor, name, code } = Object(error);
  return [`class ${constructor.name}`, `name ${name}`, `code ${code}`];
}

// probe: cancel-needs-token
/** What a cancellation reaches. @returns {Promise<Observation>} */
export async function cancelNeedsToken() {
  const ignored = new AbortController();
  const opened = gate();
  const deaf = (async () => opened.promise.then(() => 'ran to the end'))();
  ignored.abort();
  opened.open();
  const passed = new AbortController();
  const listening = setTimeout(60_000, undefined, { signal: passed.signal });
  passed.abort();
  const ofTimeout = AbortSignal.timeout(1);
  return {
    facts: {
      'promise-has-cancel': ['cancel', 'abort'].some((name) => name in Promise.prototype),
      ignored: await deaf,
      passed: await listening.catch((error) => error.name),
      ...(await orderOfAbort()),
      'race-loser-runs-on': await raceLoserRunsOn(),
      'timeout-error': describe(
        await setTimeout(60_000, undefined, { signal: ofTimeout }).catch((error) => error.cause),
      ),
      'any-aborts': AbortSignal.any([new AbortController().signal, passed.signal]).aborted,
    },
  };
}

/** What runs inside abort(), and what after it. @returns {Promise<{ order: string[] }>} */
async function orderOfAbort() {
  /** @type {string[]} */
  const order = [];
  const controller = new AbortController();
  const { signal } = controller;
  signal.addEventListener('abort', () => order.push('listener-1'));
  signal.addEventListener('abort', () => order.push('listener-2'));
  const waiter = setTimeout(60_000, undefined, { signal }).catch(() => order.push('waiter'));
  order.push('before');
  controller.abort();
  order.push('after');
  await waiter;
  return { order };
}

/** Whether a job goes on that another has overtaken. */
async function raceLoserRunsOn() {
  const opened = gate();
  let ended = false;
  const loser = opened.promise.then(() => (ended = true));
  await Promise.race([Promise.resolve(), loser]);
  opened.open();
  await quiet();
  return ended;
}
