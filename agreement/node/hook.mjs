// @ts-check
/** @file Leads a program's import of its contract to ours; all else is loaded as ever. */

const PROGRAM = /\/node\/ping-[a-z-]+\.mjs$/;
const OURS = new URL('ping-contract.mjs', import.meta.url).href;

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const fromProgram = PROGRAM.test(context.parentURL ?? '') && context.parentURL !== OURS;
  if (fromProgram && specifier === './ping-contract.mjs') {
    return { url: OURS, shortCircuit: true };
  }
  return nextResolve(specifier, context);
}
