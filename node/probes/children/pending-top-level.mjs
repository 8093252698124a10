// @ts-check
/** @file Awaits what never comes, at the top level of a module. */

process.on('exit', (status) => console.log(`exit ${status}`));
try {
  await new Promise(() => {});
} finally {
  console.log('finally');
}
