// @ts-check
/**
 * @file Loaded before each program: Node's clock, CLOCK_MONOTONIC in ns, in place of Deno's, which begins with the
 * process. The machine's own clock_gettime is asked each time.
 */

import process from 'node:process';

const CLOCK_MONOTONIC = 1;

const { symbols } = Deno.dlopen('libc.so.6', {
  clock_gettime: { parameters: ['i32', 'buffer'], result: 'i32' },
});
const time = new BigInt64Array(2); // a timespec: seconds, and nanoseconds of the second

process.hrtime.bigint = () => {
  symbols.clock_gettime(CLOCK_MONOTONIC, time);
  return (time[0] ?? 0n) * 1_000_000_000n + (time[1] ?? 0n);
};
