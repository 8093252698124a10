// @ts-check
/** @file Sets a time-out of a minute, and has nothing else to do. */

AbortSignal.timeout(60_000).addEventListener('abort', () => console.log('timed out'));
