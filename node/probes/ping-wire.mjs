// @ts-check
/** @file Probe of what the survey's ping program, restored, sends. */

import { setTimeout } from 'node:timers/promises';
import { runChild } from './child.mjs';
import { gate } from './gate.mjs';
import { answer, Recorder } from './recorder.mjs';

/** @import { Gate } from './gate.mjs' */
/** @import { Observation } from './main.mjs' */

// probe: ping-wire-as-written
const MEETING_MS = 2000;
// Far more than the program needs for its connections; then it must be stopped.
const HANG_MS = 1500;

/** The bytes, requests and connections of the program as written. @returns {Promise<Observation>} */
export async function pingWireAsWritten() {
  return {
    facts: {
      ...(await wholeProgram()),
      ...(await oneSite()),
      ...(await redirected()),
      ...(await unanswered()),
      ...(await refused()),
      ...(await withoutEnd()),
    },
  };
}

/** Runs the survey's program. @param {(string | undefined)[]} sites @param {{ options?: string[], limitMs?: number }} [how] */
function ping(sites, how) {
  return runChild('../../seed/ping.cjs', sites.map(String), how);
}

/** Four sites, each of which answers only when a request of the other chain has come, too. */
async function wholeProgram() {
  let met = 0;
  const meet = pairs();
  const recorder = await Recorder.listen(4, async () => {
    const both = await meet();
    met += Number(both);
    return answer(both ? '200 OK' : '504 Gateway Timeout');
  });
  const { outcome, lines } = await ping(recorder.sites);
  recorder.close();
  const heads = recorder.requests.map(({ site, head }) => head.replace(site, 'SITE'));
  return {
    prints: lines.map((line) => line.split(' : ')[0] ?? ''),
    'chains-overlap': met === 4,
    'waits-for-close': outcome === 'hang',
    requests: heads.length,
    connections: recorder.connections,
    heads: [...new Set(heads)],
  };
}

/** Makes a meeting place: whoever comes waits for the next one, and hears whether one came. */
function pairs() {
  /** @type {Gate<boolean> | undefined} */
  let waiting;
  return async () => {
    if (waiting) {
      waiting.open(true);
      waiting = undefined;
      return true;
    }
    const alone = (waiting = /** @type {Gate<boolean>} */ (gate()));
    const late = setTimeout(MEETING_MS, false, { ref: false });
    const met = await Promise.race([alone.promise, late]);
    if (!met) waiting = undefined;
    return met;
  };
}

/** Both chains ping one site twice. */
async function oneSite() {
  const meet = pairs(); // so that the second chain cannot use what the first has finished with
  const recorder = await Recorder.listen(1, async () =>
    answer((await meet()) ? '200 OK' : '504 Gateway Timeout'),
  );
  const [site] = recorder.sites;
  await ping([site, site, site, site]);
  recorder.close();
  return {
    'one-site-requests': recorder.requests.length,
    'one-site-connections': recorder.connections,
  };
}

/** Every answer names another place to look. */
async function redirected() {
  const recorder = await Recorder.listen(4, () => answer('302 Found', 'Location: /other\r\n'));
  await ping(recorder.sites);
  recorder.close();
  return { 'redirected-requests': recorder.requests.length };
}

/** The first site closes the connection for an answer; that of the other chain never answers. */
async function unanswered() {
  const silent = await Recorder.listen(1, () => new Promise(() => {}));
  const recorder = await Recorder.listen(1, () => null);
  const [first] = recorder.sites;
  const { outcome, stderr } = await ping([first, first, silent.sites[0], silent.sites[0]]);
  recorder.close();
  silent.close();
  return {
    'unanswered-outcome': outcome,
    'unanswered-raises': codeOf(stderr),
    'unanswered-requests': recorder.requests.length,
    'waits-for-other-chain': outcome === 'hang',
  };
}

/** The error code in a program's last words. @param {string} stderr */
function codeOf(stderr) {
  return /code: '(\w+)'/.exec(stderr)?.[1] ?? 'none';
}

/** Nobody listens. */
async function refused() {
  const recorder = await Recorder.listen(1, () => null);
  const [gone] = recorder.sites;
  recorder.close();
  const { outcome, stderr } = await ping([gone, gone, gone, gone]);
  return {
    'refused-outcome': outcome,
    'refused-raises': codeOf(stderr),
  };
}

/** The program without the `request.end()` that is not in print. */
async function withoutEnd() {
  const recorder = await Recorder.listen(4, () => answer('200 OK'));
  const options = ['--import', new URL('children/without-end.mjs', import.meta.url).href];
  const { outcome } = await ping(recorder.sites, { options, limitMs: HANG_MS });
  recorder.close();
  return {
    'printed-without-end-outcome': outcome,
    'printed-without-end-requests': recorder.requests.length,
    'printed-without-end-connections': recorder.connections,
  };
}
