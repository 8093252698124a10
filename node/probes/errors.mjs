// @ts-check
/** @file Probes of failures: where they are raised, and what becomes of those that nobody sees. */

import { runChild } from './child.mjs';

/** @import { Observation } from './main.mjs' */

const asynchronous = async () => {
  throw new RangeError();
};
/** Checks its argument, then returns a promise. @param {number} n */
const plain = (n) => {
  if (n < 0) throw new RangeError();
  return Promise.resolve(n);
};
/** Checks its argument, inside an async function. @param {number} n */
const checked = async (n) => plain(n);

/** Probe 27: where a failure is raised, and as which object. @returns {Promise<Observation>} */
export async function exceptionPath() {
  const failed = asynchronous();
  const first = await failed.catch((error) => error);
  const second = await failed.catch((error) => error);
  return {
    facts: {
      'call-raises': raises(() => void asynchronous().catch(() => {})),
      'await-raises': first.name,
      'same-object-again': first === second,
      'plain-function-call-raises': raises(() => plain(-1)),
      'argument-check-call-raises': raises(() => void checked(-1).catch(() => {})),
      'argument-check-await-raises': await checked(-1).catch((error) => error.name),
    },
  };
}

/** Says what a call throws. @param {() => unknown} call */
function raises(call) {
  try {
    call();
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** Probe 28: a failure that nobody awaits, or not in time. @returns {Promise<Observation>} */
export async function unobservedFailure() {
  const warn = { options: ['--unhandled-rejections=warn'] };
  const dropped = await runChild('unobserved.mjs', ['dropped']);
  const warned = await runChild('unobserved.mjs', ['dropped'], warn);
  const late = await runChild('unobserved.mjs', ['late-await']);
  const tick = await runChild('unobserved.mjs', ['handler-next-tick']);
  const immediate = await runChild('unobserved.mjs', ['handler-immediate']);
  const timer = await runChild('unobserved.mjs', ['handler-timer']);
  const callback = await runChild('unobserved.mjs', ['callback']);
  return {
    facts: {
      outcome: dropped.outcome,
      'error-shown': dropped.stderr.includes('RangeError'),
      'warn-outcome': warned.outcome,
      'late-await-outcome': late.outcome,
      'late-await-catches': late.lines.includes('caught'),
      'handler-next-tick-outcome': tick.outcome,
      'handler-immediate-outcome': immediate.outcome,
      'handler-timer-outcome': timer.outcome,
      'callback-outcome': callback.outcome,
    },
  };
}

/** Probe 29: throwing again inside catch. @returns {Promise<Observation>} */
export async function throwInCatch() {
  const warn = { options: ['--unhandled-rejections=warn'] };
  const rethrow = await runChild('throw-in-catch.mjs', ['rethrow']);
  const warned = await runChild('throw-in-catch.mjs', ['rethrow'], warn);
  const immediate = await runChild('throw-in-catch.mjs', ['immediate']);
  const rethrowHeard = await runChild('throw-in-catch.mjs', ['rethrow', 'listen']);
  const immediateHeard = await runChild('throw-in-catch.mjs', ['immediate', 'listen']);
  const caught = await raisedAgain().catch((error) => error);
  return {
    facts: {
      'await-raises': caught.name,
      'keeps-cause': caught.cause instanceof RangeError,
      'unawaited-outcome': rethrow.outcome,
      'unawaited-shows-error': rethrow.stderr.includes('RangeError'),
      'pending-timer-runs': rethrow.lines.includes('timer'),
      'warn-outcome': warned.outcome,
      'warn-lines': warned.lines,
      'immediate-outcome': immediate.outcome,
      'immediate-shows-error': immediate.stderr.includes('RangeError'),
      'unawaited-origin': rethrowHeard.lines,
      'immediate-origin': immediateHeard.lines,
    },
  };
}

/** Fails, and fails anew where that is caught. */
function raisedAgain() {
  return asynchronous().catch((cause) => {
    throw new TypeError('again', { cause });
  });
}
