import { resolve } from 'node:path';

/** The repository; `run.js` says where it is, since this code runs as a bundle that lies elsewhere. */
export const REPOSITORY = resolve(process.env['BENCH_REPOSITORY'] ?? '.');
/** This folder. */
export const BENCH = resolve(REPOSITORY, 'bench');
