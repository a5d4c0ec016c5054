import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import type { FunctionSettings } from '../../config/function-settings.js';
import { RuntimeApi } from '../runtime-api/runtime-api.js';
import { functionEnvironment, nodeFlags } from './function-environment.js';
import type { Outcome } from './invocation.js';
import { peakMemory } from './peak-memory.js';
import type { RuntimeCommand } from './runtime-command.js';

/** How long a runtime may take to load the handler, in milliseconds, as on Lambda. */
const INIT_TIMEOUT_MS = 10_000;

/** How long a runtime may take to exit after SIGTERM, in milliseconds, as on Lambda. */
const GRACE_MS = 500;

/** What a sandbox needs. */
export interface SandboxOptions {
  readonly settings: FunctionSettings;
  /** The folder with the code, absolute. */
  readonly taskRoot: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  readonly runtime: RuntimeCommand;
  /** Environment variables in addition to those of the settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the process is stopped between invocations. Default: false. */
  readonly freezes?: boolean;
  /** The file descriptor that the output of the function goes to. Default: 2, the standard error. */
  readonly log?: number;
}

/** An invocation in a sandbox. */
export interface SandboxInvocation {
  readonly requestId: string;
  readonly outcome: Promise<Outcome>;
  /** Resolves when the sandbox can take another one, or is gone, with its peak memory in MB. */
  readonly done: Promise<number | undefined>;
}

/**
 * One execution environment: a process that runs the function's code, and its Runtime API. It takes one invocation at a
 * time. An invocation that overruns its deadline is killed together with the process, as on Lambda.
 */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #api: RuntimeApi;
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #hasExited = false;
  #isFrozen = false;
  #requestId: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: SandboxOptions, api: RuntimeApi) {
    this.#options = options;
    this.#api = api;
    const { settings, taskRoot, handler, runtime, environment = {}, log = 2 } = options;
    const logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const identity = { taskRoot, handler, runtimeApi: api.address, logStream };
    this.#process = spawn(process.execPath, [...nodeFlags(settings), '--enable-source-maps', ...runtime], {
      cwd: taskRoot,
      env: functionEnvironment(settings, identity, environment),
      stdio: ['ignore', log, log],
    });
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => this.#exit(`couldn't execute: ${error.message}`, resolve));
      this.#process.once('exit', (code, signal) => this.#exit(exitReason(code, signal), resolve));
    });
  }

  /** Starts a sandbox. It is still loading the code when this resolves. */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    return new Sandbox(options, await RuntimeApi.listen());
  }

  /** Whether its process is running, so that it can take another invocation, now or after the current one. */
  get isAlive(): boolean {
    return !this.#hasExited;
  }

  /** Whether it has not had an invocation yet. */
  get isCold(): boolean {
    return this.#requestId === undefined;
  }

  /** Whether it has responded to its invocation, and is about to become idle. */
  get isFinishing(): boolean {
    return !this.isCold && !this.#hasExited && this.#api.hasResponded;
  }

  /** The id of its process. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Invokes the function with an event, as JSON. Its time starts when the runtime takes the event. */
  invoke(event: string): SandboxInvocation {
    const requestId = randomUUID();
    this.#requestId = requestId;
    const outcome = this.#run(requestId, event);
    return { requestId, outcome, done: outcome.then(() => this.#finish()) };
  }

  /** Stops the process: first with SIGTERM, so that the app's `onStop` runs, and after the grace period with SIGKILL. */
  async stop(): Promise<void> {
    if (this.#hasExited) return;
    this.#thaw();
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  async #run(requestId: string, event: string): Promise<Outcome> {
    this.#thaw();
    const initTimer = setTimeout(() => this.#killAfter(requestId, INIT_TIMEOUT_MS), INIT_TIMEOUT_MS);
    await this.#api.idle();
    clearTimeout(initTimer);
    const { functionName, timeoutSeconds } = this.#options.settings;
    const timeoutMs = timeoutSeconds * 1000;
    const deadlineMs = Date.now() + timeoutMs;
    this.#timer = setTimeout(() => this.#killAfter(requestId, timeoutMs), timeoutMs);
    return this.#api.invoke({
      requestId,
      event,
      deadlineMs,
      functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
      traceId: `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')};Sampled=0`,
    });
  }

  /** Waits until the runtime requests the next invocation, or is gone. */
  async #finish(): Promise<number | undefined> {
    await this.#api.idle();
    clearTimeout(this.#timer);
    if (!this.#api.isIdle) {
      // It could not start, or it is about to exit.
      this.#process.kill('SIGKILL');
      await this.#exited;
      return undefined;
    }
    const peak = await peakMemory(this.#process.pid!);
    this.#freeze();
    return peak;
  }

  #killAfter(requestId: string, elapsedMs: number): void {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(elapsedMs / 1000).toFixed(2)} seconds`;
    this.#api.fail({ errorType: 'Sandbox.Timedout', errorMessage });
    this.#process.kill('SIGKILL');
  }

  #exit(reason: string, resolve: () => void): void {
    this.#hasExited = true;
    clearTimeout(this.#timer);
    const errorMessage = `RequestId: ${this.#requestId ?? '-'} Error: ${reason}`;
    this.#api.fail({ errorType: 'Runtime.ExitError', errorMessage });
    this.#api.close();
    resolve();
  }

  #freeze(): void {
    if (this.#options.freezes !== true || this.#hasExited) return;
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

/** How Lambda names signals. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
};
