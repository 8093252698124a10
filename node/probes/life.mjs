// @ts-check
/** @file Probes of a program's life: how it starts, and what ends it. */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { compileFunction } from 'node:vm';
import { runChild } from './child.mjs';

/** @import { AddressInfo } from 'node:net' */
/** @import { Observation } from './main.mjs' */

// probe: no-boilerplate
/** The least program that awaits once, and what an error looks like. @returns {Promise<Observation>} */
export async function noBoilerplate() {
  const module = await runChild('minimal.mjs');
  const source = await readFile(new URL('children/minimal.mjs', import.meta.url), 'utf8');
  return {
    facts: {
      'entry-point': 'top-level await',
      outcome: module.outcome,
      lines: module.lines,
      'commonjs-raises': raisedBy(() => compileFunction(source)),
      'await-raises': await Promise.reject(new RangeError()).catch((error) => error.name),
    },
  };
}

/** Names the error that a call throws. @param {() => unknown} call */
function raisedBy(call) {
  try {
    call();
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

// probe: loop-lifecycle
/** Whether a callback needs anything started, or stopped. @returns {Promise<Observation>} */
export async function loopLifecycle() {
  const { outcome, lines } = await runChild('bare-timer.cjs');
  return { facts: { 'works-without-set-up': lines.includes('fired'), outcome } };
}

// probe: exit-with-pending
/** What becomes of a program that awaits what never comes. @returns {Promise<Observation>} */
export async function exitWithPending() {
  const commonJs = await runChild('pending.cjs');
  const module = await runChild('pending.mjs');
  const topLevel = await runChild('pending-top-level.mjs');
  const server = createServer((_, response) => response.end());
  server.keepAliveTimeout = 0; // no limit: the server never closes first
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  const idleSocket = await runChild('idle-socket.mjs', [String(port)]);
  server.close();
  const timeoutSignal = await runChild('timeout-signal.mjs');
  return {
    facts: {
      outcome: module.outcome,
      'finally-runs': module.lines.includes('finally'),
      'commonjs-outcome': commonJs.outcome,
      'commonjs-finally-runs': commonJs.lines.includes('finally'),
      'top-level-await-outcome': topLevel.outcome,
      'top-level-await-finally-runs': topLevel.lines.includes('finally'),
      silent: module.stderr === '' && commonJs.stderr === '',
      'top-level-await-silent': topLevel.stderr === '',
      'top-level-await-exit-handler-hears': topLevel.lines,
      'idle-socket-outcome': idleSocket.outcome,
      'idle-socket-lines': idleSocket.lines,
      'timeout-signal-outcome': timeoutSignal.outcome,
    },
    info: { 'top-level-await-stderr': topLevel.stderr },
  };
}

// probe: orphan-at-exit
/** What becomes of a job that nobody waits for. @returns {Promise<Observation>} */
export async function orphanAtExit() {
  const held = await runChild('orphan.mjs', ['held']);
  const unheld = await runChild('orphan.mjs', ['unheld']);
  const forgotten = await runChild('forgotten.mjs', [], { options: ['--expose-gc'] });
  return {
    facts: {
      outcome: held.outcome,
      lines: held.lines,
      'finally-runs': held.lines.includes('finally'),
      'unheld-outcome': unheld.outcome,
      'unheld-lines': unheld.lines,
      'forgotten-is-collected': forgotten.lines.includes('collected'),
      'forgotten-finally-runs': forgotten.lines.includes('finally'),
      'forgotten-outcome': forgotten.outcome,
    },
  };
}
