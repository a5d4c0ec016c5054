import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import type { FunctionSettings } from '../../config/function-settings.js';
import { RuntimeApi } from '../runtime-api/runtime-api.js';
import { functionEnvironment, nodeFlags } from './function-environment.js';
import type { Outcome } from './invocation.js';
import { peakMemory } from './peak-memory.js';
import type { RuntimeCommand } from './runtime-command.js';

/** How long a runtime may take to load the handler, in milliseconds; Lambda's own limit. */
const INIT_TIMEOUT = 10_000;

/** How long a runtime may take to end when it is told to, in milliseconds: as long as on Lambda. */
const GRACE = 500;

/** What a sandbox is made of. */
export interface SandboxOptions {
  readonly settings: FunctionSettings;
  /** The folder with the code, absolute. */
  readonly taskRoot: string;
  /** As in `index.handler`. */
  readonly handler: string;
  readonly runtime: RuntimeCommand;
  /** Variables beside those of the settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the process is stopped between invocations. Default: false. */
  readonly freezes?: boolean;
  /** Where what the function writes goes: a file descriptor. Default: 2, the standard error. */
  readonly log?: number;
}

/** An invocation in a sandbox. */
export interface SandboxInvocation {
  readonly requestId: string;
  readonly outcome: Promise<Outcome>;
  /** Resolves when the sandbox can take another, or is gone; with the most memory that it has had, in MB. */
  readonly done: Promise<number | undefined>;
}

/**
 * One execution environment: a process that runs the function's code, with a Runtime API of its own. It takes one
 * invocation at a time. One that overruns its deadline is killed with its process, as on Lambda.
 */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #api: RuntimeApi;
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #isOver = false;
  #isFrozen = false;
  #requestId: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: SandboxOptions, api: RuntimeApi) {
    this.#options = options;
    this.#api = api;
    const { settings, taskRoot, handler, runtime, environment = {}, log = 2 } = options;
    const logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const place = { taskRoot, handler, runtimeApi: api.address, logStream };
    this.#process = spawn(process.execPath, [...nodeFlags(settings), '--enable-source-maps', ...runtime], {
      cwd: taskRoot,
      env: functionEnvironment(settings, place, environment),
      stdio: ['ignore', log, log],
    });
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => this.#over(`couldn't execute: ${error.message}`, resolve));
      this.#process.once('exit', (code, signal) => this.#over(exitReason(code, signal), resolve));
    });
  }

  /** Starts one; it is loading the code when this resolves. */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    return new Sandbox(options, await RuntimeApi.listen());
  }

  /** Whether it can take another invocation, now or once it has taken the one that it has. */
  get isAlive(): boolean {
    return !this.#isOver;
  }

  /** Whether no invocation has been here yet. */
  get isCold(): boolean {
    return this.#requestId === undefined;
  }

  /** Whether it has answered what it was invoked with, and is about to be ready for more. */
  get isFinishing(): boolean {
    return !this.isCold && !this.#isOver && this.#api.hasAnswered;
  }

  /** The process, as the system knows it. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Hands in an event, as JSON. Time counts from when the runtime is ready for it. */
  invoke(event: string): SandboxInvocation {
    const requestId = randomUUID();
    this.#requestId = requestId;
    const outcome = this.#begin(requestId, event);
    return { requestId, outcome, done: outcome.then(() => this.#end()) };
  }

  /** Ends it: at first kindly, so that the app's `onStop` is run. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#thaw();
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE);
    await this.#exited;
    clearTimeout(timer);
  }

  async #begin(requestId: string, event: string): Promise<Outcome> {
    this.#thaw();
    const initTimer = setTimeout(() => this.#kill(requestId, INIT_TIMEOUT), INIT_TIMEOUT);
    await this.#api.idle();
    clearTimeout(initTimer);
    const { functionName, timeout } = this.#options.settings;
    const deadline = Date.now() + timeout * 1000;
    this.#timer = setTimeout(() => this.#kill(requestId, timeout * 1000), timeout * 1000);
    return this.#api.invoke({
      requestId,
      event,
      deadline,
      functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
      traceId: `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')};Sampled=0`,
    });
  }

  /** Waits until the runtime asks for more, or is gone. */
  async #end(): Promise<number | undefined> {
    await this.#api.idle();
    clearTimeout(this.#timer);
    if (!this.#api.isIdle) {
      // It could not begin, or it is about to end: nothing comes of it any more.
      this.#process.kill('SIGKILL');
      await this.#exited;
      return undefined;
    }
    const peak = await peakMemory(this.#process.pid!);
    this.#freeze();
    return peak;
  }

  #kill(requestId: string, after: number): void {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(after / 1000).toFixed(2)} seconds`;
    this.#api.fail({ errorType: 'Sandbox.Timedout', errorMessage });
    this.#process.kill('SIGKILL');
  }

  #over(reason: string, resolve: () => void): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const errorMessage = `RequestId: ${this.#requestId ?? '-'} Error: ${reason}`;
    this.#api.fail({ errorType: 'Runtime.ExitError', errorMessage });
    this.#api.close();
    resolve();
  }

  #freeze(): void {
    if (this.#options.freezes !== true || this.#isOver) return;
    this.#isFrozen = true;
    this.#process.kill('SIGSTOP');
  }

  #thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#process.kill('SIGCONT');
  }
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

/** As Lambda spells them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
};
