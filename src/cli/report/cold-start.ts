import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TIMING_HOOK } from '../bundle/plugins/timing-plugin.js';
import { CommandError } from '../command-error.js';

/** What a cold start needs. */
export interface ColdStart {
  /** The bundle's entry, absolute. */
  readonly file: string;
  /** The first event. */
  readonly event: object;
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** The measurements of one cold start, in milliseconds. */
export interface StartTimes {
  /** How long it took to load the handler. */
  readonly load: number;
  /** How long the first invocation took. */
  readonly firstInvocation: number;
  /** The status of the reply. */
  readonly status: number;
  /** With the timing plugin: how long the code of each module ran, without the modules that it loads. */
  readonly modules: Readonly<Record<string, number>>;
}

/** How long a cold start may take, in milliseconds. */
const START_TIMEOUT_MS = 60_000;

/** Marks the line with the result: an app may print other lines. */
const RESULT = 'twodoors:cold-start ';

/** Loads a bundle and invokes it once, as Lambda's runtime does, and measures both. It loads CommonJS with `require`, like the runtime. */
const SCRIPT = `
  const { event, functionName, timeoutSeconds } = JSON.parse(process.argv[2]);
  const file = process.argv[1];
  const self = {}, open = [];
  let since = 0;
  globalThis.${TIMING_HOOK} = (name, isStart) => {
    const now = performance.now();
    if (open.length > 0) self[open.at(-1)] = (self[open.at(-1)] ?? 0) + now - since;
    if (isStart) open.push(name);
    else while (open.length > 0 && open.pop() !== name);
    since = performance.now();
  };
  globalThis[Symbol.for('twodoors.command')] = 'local';
  let streamedStatus = 0;
  globalThis.awslambda = {
    streamifyResponse: (handler) => async (event, context) => {
      const { PassThrough } = require('node:stream');
      await handler(event, new PassThrough().resume(), context);
      return { statusCode: streamedStatus };
    },
    HttpResponseStream: { from: (stream, { statusCode }) => ((streamedStatus = statusCode), stream) },
  };
  const context = {
    functionName, functionVersion: '$LATEST', memoryLimitInMB: '512', awsRequestId: '00000000-0000-4000-8000-000000000000',
    getRemainingTimeInMillis: () => timeoutSeconds * 1000,
  };
  (async () => {
    const start = performance.now();
    const loaded = file.endsWith('.mjs') ? await import(require('node:url').pathToFileURL(file).href) : require(file);
    const ready = performance.now();
    const result = await loaded.handler(event, context);
    const invoked = performance.now();
    const status = result?.statusCode ?? 200;
    const times = { load: ready - start, firstInvocation: invoked - ready, status, modules: self };
    process.stdout.write('\\n${RESULT}' + JSON.stringify(times) + '\\n', () => process.exit());
  })().catch((error) => {
    console.error(error?.message ?? error);
    process.exit(1);
  });`;

/**
 * Starts a bundle in a fresh process, and invokes it once.
 *
 * @throws CommandError if the bundle does not load, or the invocation fails
 */
export async function startCold({ file, environment, ...rest }: ColdStart): Promise<StartTimes> {
  let output: string;
  try {
    ({ stdout: output } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, file, JSON.stringify(rest)], {
      env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: rest.functionName, ...environment },
      timeout: START_TIMEOUT_MS,
      // An app can ignore other signals.
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    }));
  } catch (error) {
    const { stderr = '', killed } = error as { stderr?: string; killed?: boolean };
    const why =
      killed === true ? `it took longer than ${START_TIMEOUT_MS / 1000} seconds` : stderr.trim() || String(error);
    throw new CommandError(`Cold starts cannot be measured, because the bundle fails on this machine: ${why}`);
  }
  const line = output.split('\n').findLast((each) => each.startsWith(RESULT));
  if (line === undefined) {
    throw new CommandError(
      'Cold starts cannot be measured: the bundle ended the process before the invocation was over.',
    );
  }
  return JSON.parse(line.slice(RESULT.length)) as StartTimes;
}

/** The median of an odd number of figures. */
export function medianOf(figures: readonly number[]): number {
  return figures.toSorted((one, two) => one - two)[Math.floor(figures.length / 2)] ?? 0;
}
