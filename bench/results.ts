import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from './places.js';
import type { Summary } from './statistics.js';

/** By how many routes there are beside the app's own. */
export type ByFillers = Readonly<Record<string, Summary>>;

/** The cold starts of a Lambda handler: load and first reply, in milliseconds. */
export interface HandlerColdFigures {
  readonly name: string;
  readonly coldGet: Summary;
  /** Missing where the handler lacks the route. */
  readonly coldPost?: Summary;
}

/** The figures of a Lambda handler. Those of routes that it lacks are missing. */
export interface LambdaFigures extends HandlerColdFigures {
  /** Of the bundle, minified. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Of one request, in nanoseconds. */
  readonly warmGet: ByFillers;
  readonly warmPost?: Summary;
  /** Allocated by one request, in bytes. */
  readonly bytesGet: Summary;
  readonly bytesPost?: Summary;
}

/** A cold start of twodoors in another shape or with another first request: load and first reply, in milliseconds. */
export interface ColdFigures {
  readonly name: string;
  readonly time: Summary;
}

/** The cold starts of a run. */
export interface ColdResults {
  readonly lambda: readonly HandlerColdFigures[];
  readonly cold: readonly ColdFigures[];
}

/** The cold starts of a run under another release of Node.js. */
export interface ReleaseResults extends ColdResults {
  /** `v22.23.1`. */
  readonly node: string;
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
export interface Results extends ColdResults {
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: Readonly<Record<string, number>>;
  /** Of the entry file of an app with one route, minified, in bytes. */
  readonly helloGzipBytes: number;
  readonly lambda: readonly LambdaFigures[];
  readonly releases: readonly ReleaseResults[];
  readonly server: readonly ServerFigures[];
  readonly parts: readonly PartFigures[];
}

const FILE = join(BENCH, 'results.json');

/** The results of the last full run. Rows that it has not measured are missing. */
export function readResults(): Results {
  return { cold: [], releases: [], ...(JSON.parse(readFileSync(FILE, 'utf8')) as Omit<Results, 'cold' | 'releases'>) };
}

/** Keeps the results of a full run. */
export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 2)}\n`);
}

/** Four digits are more than any of these figures has. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
