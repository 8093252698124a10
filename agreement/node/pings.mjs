// @ts-check
/** @file An iteration of pings, each of which is kept in the place of the one before. */

import { register } from 'node:module';
import { Job, PingRecording } from '../../node/ping-contract.mjs';
import { programs } from './ping-contract.mjs';

/** @import { Asked, Work } from './main.mjs' */

/**
 * Loads a program whose `serve` gives its class to us and asks for no job.
 * @param {Asked} asked
 * @returns {Promise<Work>}
 */
export async function pings({ params, program }) {
  register('./hook.mjs', import.meta.url);
  await import(`../../node/${program}`);
  const [Pings] = programs;
  if (!Pings) throw new Error(`${program} has served nothing.`);
  const chains = params['chains'].map((/** @type {string[]} */ sites) => sites.map(siteOf));
  const timeoutMs = Math.ceil(params['timeout_ns'] / 1e6);
  const job = new Job(1, chains, params['path'], params['connection'], timeoutMs);
  const made = new Pings(job, new PingRecording(job));
  return async () => {
    await made.parallel(0);
    return 0;
  };
}

/** @param {string} name */
function siteOf(name) {
  const [host = '', port] = name.split(':');
  return { name, host, port: Number(port) };
}
