// @ts-check
/** @file Loaded before the survey's ping program: takes from it the `request.end()` that is not in print. */

import http from 'node:http';

http.ClientRequest.prototype.end = function () {
  return this;
};
