// @ts-check
/** @file A promise to be fulfilled from outside (Promise.withResolvers came with Node.js 22). */

const unset = () => {};

export class Gate {
  /** @type {(value: number) => void} */
  open = unset;
  /** @type {Promise<number>} */
  opened = new Promise((resolve) => (this.open = resolve));
}
