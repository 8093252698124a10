// @ts-check
/**
 * @file Loaded before each program: Node's clock, CLOCK_MONOTONIC in ns, in place of Bun's, which begins with the
 * process. The machine's own clock_gettime is asked each time.
 */

import { dlopen, ptr } from 'bun:ffi';

const CLOCK_MONOTONIC = 1;

const { symbols } = dlopen('libc.so.6', {
  clock_gettime: { args: ['i32', 'ptr'], returns: 'i32' },
});
const time = new BigInt64Array(2); // a timespec: seconds, and nanoseconds of the second
const address = ptr(time);

process.hrtime.bigint = () => {
  symbols.clock_gettime(CLOCK_MONOTONIC, address);
  return (time[0] ?? 0n) * 1_000_000_000n + (time[1] ?? 0n);
};
