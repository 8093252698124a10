// @ts-check
/** @file An iteration of a family without a network. */

import { Job } from '../../node/work/job.mjs';

/** @import { Asked, Work } from './main.mjs' */

/**
 * Finds a program's way, as node/work/job.mjs does.
 * @param {Asked} asked
 * @returns {Promise<Work>}
 */
export async function work({ family, params, program }) {
  const ways = await import(`../../node/work/${family}.mjs`);
  const way = ways[program.replace(/-(.)/g, (_, letter) => letter.toUpperCase())];
  const job = new Job(params['size'], params['seed'], params);
  return (iteration) => way(job, iteration);
}
