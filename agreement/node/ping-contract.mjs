// @ts-check
/** @file What a program imports in place of node/ping-contract.mjs: the same, but that `serve` only takes its class. */

/** @import { Program } from '../../node/ping-contract.mjs' */

export * from '../../node/ping-contract.mjs';

/** The classes of the programs that were loaded. @type {Program[]} */
export const programs = [];

/** @param {Program} Pings */
export async function serve(Pings) {
  programs.push(Pings);
}
