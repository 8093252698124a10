// @ts-check
/** @file The survey's dummy event loop in JavaScript: `yield from` is `yield*`, and `send` is `next`. */

/** @typedef {Generator<DummyIoFuture, string[], string>} Inner */
/** @typedef {Generator<DummyIoFuture, void, string>} Outer */

class DummyIoFuture {
  static count = 0;

  wait() {
    DummyIoFuture.count += 1;
    return `some io ${DummyIoFuture.count}`;
  }
}

/**
 * Runs the survey's two tasks on its loop, and returns what they print.
 * @returns {string[]}
 */
export function transcript() {
  /** @type {string[]} */
  const lines = [];
  DummyIoFuture.count = 0;
  dummyEventLoop([outerAsync(1, lines), anotherOuterAsync(2, lines)], lines);
  return lines;
}

/**
 * Advances all tasks in turn until each has returned.
 * @param {Outer[]} tasks
 * @param {string[]} lines
 */
function dummyEventLoop(tasks, lines) {
  const steps = tasks.map((task) => task.next());
  while (steps.some((step) => !step.done)) {
    lines.push('----- event loop iteration ------');
    tasks.forEach((task, i) => {
      const step = steps[i];
      // To make things simple, futures return immediately.
      if (step && !step.done) steps[i] = task.next(step.value.wait());
    });
  }
}

/** @param {number} wid @param {string[]} lines @returns {Outer} */
function* outerAsync(wid, lines) {
  lines.push(`start outer_async ${wid}`);
  const res = yield* innerAsync(wid, lines);
  lines.push(`end outer_async ${wid} : ${repr(res)}`);
}

/** @param {number} wid @param {string[]} lines @returns {Outer} */
function* anotherOuterAsync(wid, lines) {
  lines.push(`start another outer_async ${wid}`);
  const res = yield* innerAsync(wid, lines);
  lines.push(`middle another outer_async ${wid} : ${repr(res)}`);
  res.push(...(yield* innerAsync(wid, lines)));
  lines.push(`end another outer_async ${wid} : ${repr(res)}`);
}

/** @param {number} wid @param {string[]} lines @returns {Inner} */
function* innerAsync(wid, lines) {
  lines.push(`start inner ${wid}`);
  const res1 = yield new DummyIoFuture();
  lines.push(`middle inner ${wid}: ${res1}`);
  const res2 = yield new DummyIoFuture();
  lines.push(`end inner ${wid}: ${res2}`);
  return [res1, res2];
}

/** Writes a list as Python does. @param {string[]} list */
function repr(list) {
  return `[${list.map((item) => `'${item}'`).join(', ')}]`;
}
