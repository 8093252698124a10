// @ts-check
/** @file Probes of failures: where they are raised, and what becomes of those that nobody sees. */

import { runChild } from './child.mjs';
import { quiet } from './gate.mjs';

/** @import { Ended } from './child.mjs' */
/** @import { Observation } from './main.mjs' */

// probe: exception-path
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

/** Where a failure is raised, and as which object. @returns {Promise<Observation>} */
export async function exceptionPath() {
  const failed = asynchronous();
  const first = await failed.catch((error) => error);
  const second = await failed.catch((error) => error);
  return {
    facts: {
      'async-raises-at': raises(() => void asynchronous().catch(() => {})) ? 'call' : 'await',
      'awaited-type': first.name,
      'twice-is-same': first === second,
      'plain-raises-at': raises(() => plain(-1)) ? 'call' : 'await',
      'async-argument-check-raises-at': raises(() => void checked(-1).catch(() => {}))
        ? 'call'
        : 'await',
    },
  };
}

/** Says whether a call throws. @param {() => unknown} call */
function raises(call) {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}

// probe: unobserved-failure
/** A failure that nobody awaits, or not in time. @returns {Promise<Observation>} */
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
      dropped: dropped.outcome,
      'dropped-prints': dropped.lines,
      'dropped-is-logged': dropped.stderr.includes('RangeError'),
      'dropped-with-warn-flag': warned.outcome,
      'dropped-with-warn-flag-prints': warned.lines,
      'late-await': late.outcome,
      'late-await-prints': late.lines,
      'late-await-is-logged': late.stderr.includes('RangeError'),
      'handler-by-next-tick': tick.outcome,
      'handler-by-immediate': immediate.outcome,
      'handler-by-timer': timer.outcome,
      callback: callback.outcome,
      'callback-prints': callback.lines,
      'callback-is-logged': callback.stderr.includes('RangeError'),
    },
  };
}

// probe: throw-in-catch
/** Throwing again inside catch. @returns {Promise<Observation>} */
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
      'awaiter-catches': caught.name,
      'first-error-kept': caught.cause?.name ?? 'none',
      uncaught: rethrow.outcome,
      'uncaught-shows': shown(rethrow),
      'pending-timer-runs': rethrow.lines.includes('timer'),
      'uncaught-with-warn-flag': warned.outcome,
      'pending-timer-runs-with-warn-flag': warned.lines.includes('timer'),
      immediate: immediate.outcome,
      'immediate-shows': shown(immediate),
      'uncaught-origin': rethrowHeard.lines,
      'immediate-origin': immediateHeard.lines,
      'stack-names-async-callers': await stackNamesAsyncCallers(),
      'stack-names-chain-callers': await stackNamesChainCallers(),
    },
  };
}

/** Whether an error thrown after an await names the async functions that wait for it. */
async function stackNamesAsyncCallers() {
  const inner = async () => {
    await quiet();
    throw new RangeError();
  };
  const middle = async () => void (await inner());
  const outer = async () => void (await middle());
  const { stack } = await outer().catch((error) => error);
  return ['middle', 'outer'].every((name) => stack.includes(`at async ${name} `));
}

/** Whether an error thrown in a chain of `then` names any function whose promise follows it. */
async function stackNamesChainCallers() {
  const fail = () => {
    throw new RangeError();
  };
  const inner = () => quiet().then(fail);
  const middle = () => inner().then(() => {});
  const outer = () => middle().then(() => {});
  const { stack } = await outer().catch((error) => error);
  return ['inner', 'middle', 'outer'].some((name) => stack.includes(` ${name} `));
}

/** The errors that a child's last words name. @param {Ended} child */
function shown({ stderr }) {
  return ['RangeError', 'TypeError'].filter((name) => stderr.includes(name));
}

/** Fails, and fails anew where that is caught. */
function raisedAgain() {
  return asynchronous().catch((cause) => {
    throw new TypeError('again', { cause });
  });
}
