// @ts-check
/** @file Leaves a failure to itself. Argument: the way. */

const fail = async () => {
  throw new RangeError();
};
const handle = (/** @type {Error} */ error) => console.log(`caught ${error.name}`);

/** @type {Record<string, () => unknown>} */
const ways = {
  dropped: () => {
    void fail();
    setImmediate(() => console.log('goes on'));
  },
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
      setImmediate(() => console.log('goes on'));
      throw new RangeError();
    });
  },
};

ways[process.argv[2] ?? '']?.();
