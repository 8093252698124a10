// @ts-check
/** @file What probes wait on instead of sleeping: gates that they open themselves, and a clock that jumps. */

import { setImmediate } from 'node:timers/promises';

/**
 * A promise that its owner settles.
 * @template T
 * @typedef {{ promise: Promise<T>, open: (value: T) => void, fail: (error: unknown) => void }} Gate
 */

/**
 * Makes a gate, closed. (Promise.withResolvers came with Node 22.)
 * @template [T=void]
 * @returns {Gate<T>}
 */
export function gate() {
  /** @type {Partial<Gate<T>>} */
  const made = {};
  const promise = new Promise((/** @type {(value: T) => void} */ open, fail) =>
    Object.assign(made, { open, fail }),
  );
  return /** @type {Gate<T>} */ ({ ...made, promise });
}

/** Settles after everything that is ready to run has run. */
export async function quiet() {
  await setImmediate();
}

/** Virtual time: it stands still while anything is ready to run, then jumps to the next delay's end. */
export class Clock {
  now = 0;
  /** @type {{ at: number, ring: () => void }[]} */
  #delays = [];

  /**
   * Waits for virtual seconds.
   * @param {number} seconds
   * @returns {Promise<void>}
   */
  delay(seconds) {
    const { promise, open } = gate();
    this.#delays.push({ at: this.now + seconds, ring: open });
    this.#delays.sort((a, b) => a.at - b.at); // stable: equal times ring in the order they were set
    return promise;
  }

  /**
   * Drives work to its end; throws when it waits for something that no delay will bring.
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(work) {
    let running = true;
    void work.catch(() => {}).finally(() => (running = false)); // whoever awaits us sees the failure
    for (await quiet(); running; await quiet()) {
      const next = this.#delays.shift();
      if (!next) throw new Error('The work waits, and no delay is set: it would wait for ever.');
      this.now = next.at;
      next.ring();
    }
    return work;
  }
}
