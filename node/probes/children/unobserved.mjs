// @ts-check
/** @file Leaves a failure to itself. Argument: the way. */

const fail = async () => {
  throw new RangeError();
};
const handle = () => console.log('caught');

/** @type {Record<string, () => unknown>} */
const ways = {
  dropped: () => void fail(),
  'late-await': async () => {
    const failed = fail();
    await new Promise((resolve) => setImmediate(resolve));
    await failed.catch(handle);
  },
  'handler-next-tick': () => {
    const failed = fail();
    process.nextTick(() => failed.catch(handle));
  },
  'handler-immediate': () => {
    const failed = fail();
    setImmediate(() => failed.catch(handle));
  },
  'handler-timer': () => {
    const failed = fail();
    setTimeout(() => failed.catch(handle), 1);
  },
  callback: () => {
    setImmediate(() => {
      throw new RangeError();
    });
  },
};

ways[process.argv[2] ?? '']?.();
