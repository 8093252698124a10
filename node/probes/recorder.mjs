// @ts-check
/** @file Sites that record the request heads that come, and close no connection before its client does. */

import { once } from 'node:events';
import { createServer } from 'node:net';

/** @import { AddressInfo, Server, Socket } from 'node:net' */

/** Gives the answer to a request; null closes the connection instead. @typedef {() => string | null | Promise<string | null>} Answer */

/** An answer without a body. @param {string} status @param {string} [headers] */
export function answer(status, headers = '') {
  return `HTTP/1.1 ${status}\r\nContent-Length: 0\r\n${headers}\r\n`;
}

export class Recorder {
  /** Request heads in the order they came, with their site's name. @type {{ site: string, head: string }[]} */
  requests = [];
  /** The sites' names, HOST:PORT. @type {string[]} */
  sites = [];
  /** @type {Set<Socket>} */
  #sockets = new Set();
  /** @type {Server[]} */
  #servers = [];

  /**
   * Opens sites of 127.0.0.1.
   * @param {number} count
   * @param {Answer} answer
   * @returns {Promise<Recorder>}
   */
  static async listen(count, answer) {
    const recorder = new Recorder();
    for (let i = 0; i < count; i++) await recorder.#open(answer);
    return recorder;
  }

  /** @param {Answer} answer */
  async #open(answer) {
    const server = createServer((socket) => this.#serve(socket, site, answer));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = /** @type {AddressInfo} */ (server.address());
    const site = `127.0.0.1:${port}`;
    this.sites.push(site);
    this.#servers.push(server);
  }

  /** @param {Socket} socket @param {string} site @param {Answer} answer */
  #serve(socket, site, answer) {
    this.#sockets.add(socket);
    let received = '';
    socket.on('error', () => {}); // a client that is gone has nothing more to record
    socket.setEncoding('latin1').on('data', async (text) => {
      received += text;
      if (!received.endsWith('\r\n\r\n')) return;
      this.requests.push({ site, head: received });
      received = '';
      const reply = await answer();
      if (reply === null) socket.end();
      else socket.write(reply);
    });
  }

  /** How many connections were opened. */
  get connections() {
    return this.#sockets.size;
  }

  close() {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
