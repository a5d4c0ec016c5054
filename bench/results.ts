import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from './places.js';
import type { Summary } from './statistics.js';

/** By how many routes there are beside the app's own. */
export type ByFillers = Readonly<Record<string, Summary>>;

/** What a handler behind Lambda came to. Times that it was not asked for are missing. */
export interface LambdaFigures {
  readonly name: string;
  /** Of the bundle, minified. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Load and first reply, in milliseconds. */
  readonly coldGet: Summary;
  readonly coldPost?: Summary;
  /** Of one request, in nanoseconds. */
  readonly warmGet: ByFillers;
  readonly warmPost?: Summary;
  /** Allocated by one request, in bytes. */
  readonly bytesGet: Summary;
  readonly bytesPost?: Summary;
}

/** What a server came to. */
export interface ServerFigures {
  readonly name: string;
  /** Replies per second. */
  readonly requests: ByFillers;
  /** Processor time of the server for one reply, in microseconds. */
  readonly cpu: ByFillers;
}

/** What a part of the way came to: nanoseconds for one. */
export interface PartFigures {
  readonly name: string;
  readonly time: Summary;
}

/** What it all ran on. */
export interface Machine {
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Processes that wanted to run, before anything was measured: on a quiet machine, far below the number of cores. */
  readonly loadBefore: number;
}

/** Everything that one run has found. */
export interface Results {
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: Readonly<Record<string, number>>;
  /** Of the bundle of an app with one route, in bytes. */
  readonly helloGzipBytes: number;
  readonly lambda: readonly LambdaFigures[];
  readonly server: readonly ServerFigures[];
  readonly parts: readonly PartFigures[];
}

const FILE = join(BENCH, 'results.json');

/** The results of the last full run. */
export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Results;
}

/** Keeps the results of a full run. */
export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 2)}\n`);
}

/** Four digits are more than any of these figures has. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
