// @ts-check
/** @file Probe of the survey's times: real, per site, total. */

import { runChild } from './child.mjs';
import { Clock } from './gate.mjs';

/** @import { Observation } from './main.mjs' */

// probe: fork-join-makespan
const VIRTUAL_TIME = new URL('children/virtual-time.mjs', import.meta.url).href;

/**
 * Runs the survey's ping program in virtual time; a site's port is how many seconds it takes.
 * @param {string[]} sites
 */
async function pingVirtually(sites) {
  const options = ['--import', VIRTUAL_TIME];
  const { outcome, lines, stderr } = await runChild('../../seed/ping.cjs', sites, { options });
  const [real, perSite, total] = lines.map((line) => JSON.parse(line.split(' : ')[1] ?? 'null'));
  return { outcome, real, perSite, total, stderr };
}

/**
 * Awaits delays in chains, all chains at once, and times each.
 * @param {number[][]} chains virtual seconds
 */
async function timesOfChains(chains) {
  const clock = new Clock();
  const inTurn = async (/** @type {number[]} */ delays) => {
    const times = [];
    for (const delay of delays) {
      const start = clock.now;
      await clock.delay(delay);
      times.push(clock.now - start);
    }
    return times;
  };
  const times = (await clock.run(Promise.all(chains.map(inTurn)))).flat();
  return {
    real: clock.now,
    'per-site': times,
    total: times.reduce((sum, time) => sum + time, 0),
  };
}

/** Two chains whose pings last 1 + 2 and 3 + 1 seconds. @returns {Promise<Observation>} */
export async function forkJoinMakespan() {
  const sites = ['a:1', 'b:2', 'c:3', 'd:1'];
  const { real, perSite, total } = await pingVirtually(sites);
  const seconds = (/** @type {number} */ ms) => ms / 1000;
  const twice = await pingVirtually(['a:1', 'b:2', 'a:1', 'b:2']);
  return {
    facts: {
      ...(await timesOfChains([
        [1, 2],
        [3, 1],
      ])),
      'seed-real': seconds(real),
      'seed-per-site': sites.map((site) => seconds(perSite[site])),
      'seed-total': seconds(total),
      'site-in-both-chains-raises': twice.outcome === 'exit-0' ? 'none' : twice.stderr,
      'site-in-both-chains-total': seconds(twice.total),
    },
  };
}
