// @ts-check
/** @file Leaves an idle keep-alive connection open. Argument: the port of a server that never closes first. */

import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true });
get({ host: '127.0.0.1', port: process.argv[2], agent }, (response) => {
  response.on('end', () => setImmediate(() => console.log(`idle ${sockets(agent)}`))).resume();
});

/** @param {Agent} agent */
function sockets({ freeSockets }) {
  return Object.values(freeSockets).flat().length;
}
