import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MARK } from '../bundle/plugins/timing-plugin.js';
import { CommandError } from '../command-error.js';

/** What a function is started with. */
export interface ColdStart {
  /** The bundle's entry, absolute. */
  readonly file: string;
  /** The first event. */
  readonly event: object;
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string>>;
  /** In seconds. */
  readonly timeout: number;
}

/** How one start went; times in milliseconds. */
export interface StartTimes {
  /** From nothing to a handler. */
  readonly load: number;
  /** From the first event to its answer. */
  readonly answer: number;
  readonly status: number;
  /** For a bundle with marks: how long the code of each module ran, without what it loads. */
  readonly modules: Readonly<Record<string, number>>;
}

/** How long a start may take, in milliseconds. */
const PATIENCE = 60_000;

/** What precedes the result on the last line; an app may print what it likes. */
const RESULT = 'twodoors:cold-start ';

/** Loads and asks a bundle once, as Lambda's runtime does, with a clock; CommonJS, as the runtime requires CommonJS. */
const SCRIPT = `
  const { event, functionName, timeout } = JSON.parse(process.argv[2]);
  const file = process.argv[1];
  const self = {}, open = [];
  let since = 0;
  globalThis.${MARK} = (name, isStart) => {
    const now = performance.now();
    if (open.length > 0) self[open.at(-1)] = (self[open.at(-1)] ?? 0) + now - since;
    if (isStart) open.push(name);
    else while (open.length > 0 && open.pop() !== name);
    since = performance.now();
  };
  let status = 0;
  globalThis.awslambda = {
    streamifyResponse: (handler) => async (event, context) => {
      const { PassThrough } = require('node:stream');
      await handler(event, new PassThrough().resume(), context);
      return { statusCode: status };
    },
    HttpResponseStream: { from: (stream, { statusCode }) => ((status = statusCode), stream) },
  };
  const context = {
    functionName, functionVersion: '$LATEST', memoryLimitInMB: '512', awsRequestId: '00000000-0000-4000-8000-000000000000',
    getRemainingTimeInMillis: () => timeout * 1000,
  };
  (async () => {
    const start = performance.now();
    const loaded = file.endsWith('.mjs') ? await import(require('node:url').pathToFileURL(file).href) : require(file);
    const ready = performance.now();
    const result = await loaded.handler(event, context);
    const answered = performance.now();
    const times = { load: ready - start, answer: answered - ready, status: result?.statusCode ?? 200, modules: self };
    process.stdout.write('\\n${RESULT}' + JSON.stringify(times) + '\\n', () => process.exit());
  })().catch((error) => {
    console.error(error?.message ?? error);
    process.exit(1);
  });`;

/**
 * Starts a bundle in a fresh process, and asks it once.
 *
 * @throws CommandError where it does not load, or does not answer
 */
export async function startCold({ file, environment, ...rest }: ColdStart): Promise<StartTimes> {
  let output: string;
  try {
    ({ stdout: output } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, file, JSON.stringify(rest)], {
      env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: rest.functionName, ...environment },
      timeout: PATIENCE,
      // An app may take other signals for a wish.
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    }));
  } catch (error) {
    const { stderr = '', killed } = error as { stderr?: string; killed?: boolean };
    const why = killed === true ? `it took more than ${PATIENCE / 1000} seconds` : stderr.trim() || String(error);
    throw new CommandError(`No cold start can be measured, since the bundle does not answer on this machine: ${why}`);
  }
  const line = output.split('\n').findLast((each) => each.startsWith(RESULT));
  if (line === undefined) {
    throw new CommandError('No cold start can be measured: the bundle ended the process before it had answered.');
  }
  return JSON.parse(line.slice(RESULT.length)) as StartTimes;
}

/** The middle one of an odd number of figures. */
export function medianOf(figures: readonly number[]): number {
  return figures.toSorted((one, two) => one - two)[Math.floor(figures.length / 2)] ?? 0;
}
