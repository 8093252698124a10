// @ts-check
/** @file The families without a network: `main.mjs WAY` does them in one way. */

import { serve } from './job.mjs';

// Not awaited: a job that names this file as its family would wait for itself.
void serve(process.argv[2] ?? '');
