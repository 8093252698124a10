// @ts-check
/** @file Probes whose subject is a whole process run it as a child, bounded in time. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

/**
 * How a child ended: `exit-0`; `crash`, an uncaught error; `exit-13`, a top-level await left unsettled; `hang`.
 * @typedef {{ outcome: string, lines: string[], stderr: string }} Ended
 */

// A child that does what is expected takes 0.1 s; none is expected to hang, so a slow machine gets more.
const LIMIT_MS = 5000;

/**
 * Runs a program of the folder `children`, or another one, to its end, or stops it at the limit.
 * @param {string} program relative to `children`
 * @param {string[]} argv
 * @param {{ options?: string[], environment?: Record<string, string>, limitMs?: number }} [how] Node's options, …
 * @returns {Promise<Ended>}
 */
export async function runChild(program, argv = [], how = {}) {
  const file = fileURLToPath(new URL(`children/${program}`, import.meta.url));
  const child = spawn(process.execPath, [...(how.options ?? []), file, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...how.environment },
    timeout: how.limitMs ?? LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const [[status], output, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  const outcome = status === null ? 'hang' : status === 1 ? 'crash' : `exit-${status}`;
  return { outcome, lines: output.split('\n').slice(0, -1), stderr };
}
