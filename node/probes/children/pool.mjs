// @ts-check
/** @file Two reads block two threads of libuv's pool; what then still goes on? Arguments: two FIFOs. */

import { open, openSync, stat } from 'node:fs';
import { connect, createServer } from 'node:net';

const [fifoA = '', fifoB = ''] = process.argv.slice(2);
const isRoomy = process.env.UV_THREADPOOL_SIZE !== '2';

/** Starts something, and prints its name when it is done. @param {string} name @param {(done: () => void) => void} start */
function logged(name, start) {
  return new Promise((/** @type {(value: void) => void} */ resolve) => {
    start(() => {
      console.log(name);
      resolve();
    });
  });
}

const openedA = logged('fifo-a', (done) => open(fifoA, done));
const openedB = logged('fifo-b', (done) => open(fifoB, done));
const read = logged('stat', (done) => stat('.', done));
const rang = logged('timer', (done) => setTimeout(done, 1));
const answered = logged('socket', (done) => {
  const server = createServer((socket) => socket.end('x'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const client = connect({ host: '127.0.0.1', port });
    client.on('data', () => {
      server.close();
      done();
    });
  });
});

await Promise.all([rang, answered, isRoomy && read]);
console.log('release');
openSync(fifoA, 'w'); // blocks no longer than until the reader is there
await Promise.all([openedA, read]);
openSync(fifoB, 'w');
await openedB;
