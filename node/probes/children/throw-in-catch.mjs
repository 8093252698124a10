// @ts-check
/** @file Throws a caught error again. Arguments: `rethrow` or `immediate`, as the survey has it; `listen` for the last resort. */

const [way, listen] = process.argv.slice(2);

if (listen) process.on('uncaughtException', (_, origin) => console.log(origin));
else setTimeout(() => console.log('timer'), 1);

void Promise.reject(new RangeError()).catch((error) => {
  if (way === 'rethrow') throw error;
  setImmediate(() => {
    throw error;
  });
});
