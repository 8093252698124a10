// @ts-check
/**
 * @file Loaded before the program on node:http: a request is sent once.
 *
 * Deno sends a request on a kept connection again where that connection ends without an answer, as it does when the
 * deadline closes it, and has no setting for that. It marks what it has sent again, and never does so twice.
 */

import { ClientRequest } from 'node:http';

Object.assign(ClientRequest.prototype, { _retrying: true });
