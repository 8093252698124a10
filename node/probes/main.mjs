// @ts-check
/** @file The probes of the seeds' claims on await: a job names one, its facts go out. */

import { BadJob, Recording, serveHarness } from '../contract.mjs';
import * as cancellation from './cancellation.mjs';
import * as errors from './errors.mjs';
import * as fanIn from './fan-in.mjs';
import * as life from './life.mjs';
import * as mechanism from './mechanism.mjs';
import * as pingWire from './ping-wire.mjs';
import * as startResume from './start-resume.mjs';
import * as threads from './threads.mjs';
import * as time from './time.mjs';

/** @import { RawJob } from '../contract.mjs' */

/**
 * What a probe saw: `facts` are compared with what is expected, `info` may vary from run to run.
 * @typedef {object} Observation
 * @property {Record<string, string | number | boolean | string[] | number[]>} facts
 * @property {Record<string, unknown>} [info]
 */

const themes = {
  startResume,
  mechanism,
  threads,
  life,
  fanIn,
  errors,
  cancellation,
  time,
  pingWire,
};

/** Every probe by its id, which is the name of its function in kebab case. */
const probes = new Map(
  Object.values(themes)
    .flatMap((theme) => Object.entries(theme))
    .map(([name, probe]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      probe,
    ]),
);

/** What a probe saw, in its only iteration. */
class ProbeRecording extends Recording {
  /** @type {Observation} */
  seen = { facts: {} };

  /** @override */
  fields() {
    const { facts, info = {} } = this.seen;
    return { facts, info };
  }
}

/**
 * Runs the probe that a job names.
 * @param {RawJob} raw
 */
async function perform({ family, iterations, params: { probe: id, ...more } }) {
  const understood = family === 'semantics' && iterations === 1 && typeof id === 'string';
  if (!understood || Object.keys(more).length > 0) {
    throw new BadJob(
      'This program does jobs of the family semantics with one iteration and, in params, a probe;' +
        ' this one differs.',
    );
  }
  const probe = probes.get(id);
  if (!probe) throw new BadJob(`There is no probe ${JSON.stringify(id)} in JavaScript.`);
  const recording = new ProbeRecording(iterations);
  await recording.iterate(async () => (recording.seen = await probe()));
  return recording;
}

await serveHarness(perform);
