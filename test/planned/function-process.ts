import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { REPOSITORY } from '../projects.js';

/** An event, and which of the handlers of a function gets it; the first is `handler`. */
export interface Call {
  readonly handler?: number;
  readonly event: unknown;
}

/** What a function did with some events. */
export interface Answer {
  /** What it threw while it loaded. */
  readonly mistakes?: string;
  /** The results as text, or what was thrown. */
  readonly replies: readonly string[];
  readonly logged: readonly string[];
  /** The names of the files that it has loaded so far. */
  readonly files: readonly string[];
  /** How often each controller was constructed, by name. */
  readonly constructed?: Readonly<Record<string, number>>;
}

/** A process, or a thread, that has loaded a bundle. */
export interface FunctionProcess {
  /** Sends events, each after the reply to the one before it, or all at once. */
  send(calls: readonly Call[], isTogether?: boolean): Promise<Answer>;
  end(): void;
}

/** How a bundle is loaded. */
export interface FunctionOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A thread starts faster: it has global objects and modules of its own as well. Default: `process`. */
  readonly kind?: 'process' | 'thread';
}

const SCRIPT = join(REPOSITORY, 'test/planned/answer-events.cjs');

/** Loads the bundle of a folder. */
export function startFunction(folder: string, { env = {}, kind = 'process' }: FunctionOptions = {}): FunctionProcess {
  const options = { env: { PATH: process.env['PATH'], ...env }, execArgv: [] };
  const child: ChildProcess | Worker =
    kind === 'process' ? fork(SCRIPT, [folder], options) : new Worker(SCRIPT, { argv: [folder], ...options });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The function of ${folder} ended with ${code}.`);
  });
  failed.catch(() => {});
  return {
    async send(calls, isTogether = false) {
      const message = { calls, isTogether };
      if (child instanceof Worker) child.postMessage(message);
      else child.send(message);
      const [answer] = (await Promise.race([once(child, 'message'), failed])) as [Answer];
      return answer;
    },
    end() {
      if (child instanceof Worker) void child.terminate();
      else child.kill();
    },
  };
}

/** Loads a bundle, sends it events, and ends it. */
export async function askOnce(
  folder: string,
  calls: readonly Call[],
  { isTogether = false, ...options }: FunctionOptions & { isTogether?: boolean } = {},
): Promise<Answer> {
  const started = startFunction(folder, options);
  try {
    return await started.send(calls, isTogether);
  } finally {
    started.end();
  }
}
