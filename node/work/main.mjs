// @ts-check
/** @file The families without a network: `main.mjs WAY` does them in one way. */

import * as awaitCompleted from './await-completed.mjs';
import * as awaitSuspended from './await-suspended.mjs';
import * as blocking from './blocking.mjs';
import * as cancel from './cancel.mjs';
import * as dummyLoop from './dummy-loop.mjs';
import { serve } from './job.mjs';
import * as parallelCpu from './parallel-cpu.mjs';
import * as spawnJoin from './spawn-join.mjs';
import * as stateMachine from './state-machine.mjs';
import * as styles from './styles.mjs';
import * as timers from './timers.mjs';

/** @import { Way } from './job.mjs' */

/** @type {Record<string, Record<string, Way>>} */
const WAYS = {
  promise: {
    timers: timers.sleep,
    'await-completed': awaitCompleted.promise,
    'await-suspended': awaitSuspended.tasks,
    'spawn-join': spawnJoin.promiseAll,
    'state-machine': stateMachine.compiled,
    styles: styles.coroutine,
    cancel: cancel.tasks,
  },
  'by-hand': { 'state-machine': stateMachine.byHand },
  generators: { 'dummy-loop': dummyLoop.generators },
  then: { styles: styles.then },
  callbacks: { styles: styles.callbacks },
  'on-loop': { blocking: blocking.onLoop },
  workers: { blocking: blocking.workers, 'parallel-cpu': parallelCpu.workers },
};

await serve(WAYS[process.argv[2] ?? ''] ?? {});
