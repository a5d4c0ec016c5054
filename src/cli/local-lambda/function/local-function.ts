import type { Outcome } from './invocation.js';
import { Sandbox, type SandboxOptions } from './sandbox.js';
import { TaskRoot } from './task-root.js';

/** How long an invocation waits for a sandbox that is about to become idle, in milliseconds. */
const IDLE_WAIT_MS = 100;

/** What a local function needs. */
export interface LocalFunctionOptions extends SandboxOptions {
  /** How many invocations can run at the same time. Further ones are throttled. */
  readonly concurrency: number;
}

/** An invocation of a local function. */
export interface FunctionInvocation {
  readonly requestId: string;
  /** Whether its sandbox is new. */
  readonly isCold: boolean;
  readonly outcome: Promise<Outcome>;
  /** Resolves when it is over, with the peak memory of its sandbox, in MB. */
  readonly done: Promise<number | undefined>;
}

/**
 * A Lambda function on this machine. It has a sandbox for each invocation that runs at the same time, up to a limit, and
 * keeps them for later invocations.
 *
 * @example
 * ```ts
 * const local = new LocalFunction({ settings, taskRoot, handler: 'index.handler', runtime, concurrency: 10 });
 * const invocation = await local.invoke(JSON.stringify(event));
 * const outcome = await invocation?.outcome;
 * await local.stop();
 * ```
 */
export class LocalFunction {
  readonly #options: LocalFunctionOptions;
  readonly #taskRoot: TaskRoot;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();
  readonly #busyUntil = new Map<Sandbox, Promise<unknown>>();
  #busy = 0;
  #isStopped = false;
  #isKilled = false;

  constructor(options: LocalFunctionOptions) {
    this.#options = options;
    this.#taskRoot = new TaskRoot(options.taskRoot);
  }

  /** Invokes it with an event, as JSON. Resolves with undefined if the invocation is throttled. */
  async invoke(event: string): Promise<FunctionInvocation | undefined> {
    if (this.#idle.length === 0) await this.#waitForIdle();
    if (this.#busy >= this.#options.concurrency) return undefined;
    this.#busy += 1;
    const sandbox = await this.#takeSandbox();
    if (this.#isKilled) {
      await this.#stopSandbox(sandbox);
      return undefined;
    }
    const { isCold } = sandbox;
    const { requestId, outcome, done } = sandbox.invoke(event);
    const returned = done.finally(() => this.#giveBack(sandbox));
    this.#busyUntil.set(sandbox, returned);
    return { requestId, isCold, outcome, done: returned };
  }

  /** Stops every sandbox. A sandbox with an invocation finishes it first. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#idle.splice(0).map((sandbox) => this.#stopSandbox(sandbox)));
  }

  /** Stops every sandbox, also during an invocation. */
  async kill(): Promise<void> {
    this.#isStopped = this.#isKilled = true;
    await Promise.all([...this.#all].map((sandbox) => this.#stopSandbox(sandbox)));
  }

  /**
   * Waits a moment for a sandbox that has responded but is not idle yet. Without this, a client that sends one request
   * right after another would get a new sandbox each time, because this gateway is faster than the real one.
   */
  async #waitForIdle(): Promise<void> {
    const finishing = [...this.#busyUntil].filter(([sandbox]) => sandbox.isFinishing).map(([, returned]) => returned);
    if (finishing.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, IDLE_WAIT_MS);
    });
    await Promise.race([...finishing, timeout]);
    clearTimeout(timer);
  }

  /** Takes the sandbox that was used last, as Lambda does, or starts a new one. */
  async #takeSandbox(): Promise<Sandbox> {
    for (let sandbox = this.#idle.pop(); sandbox !== undefined; sandbox = this.#idle.pop()) {
      if (sandbox.isAlive) return sandbox;
      this.#all.delete(sandbox);
    }
    const sandbox = await Sandbox.start(this.#options);
    this.#all.add(sandbox);
    return sandbox;
  }

  #giveBack(sandbox: Sandbox): void {
    this.#busy -= 1;
    this.#busyUntil.delete(sandbox);
    if (!this.#isStopped) this.#warnOfWrites();
    if (!sandbox.isAlive) this.#all.delete(sandbox);
    else if (this.#isStopped) void this.#stopSandbox(sandbox);
    else this.#idle.push(sandbox);
  }

  #warnOfWrites(): void {
    for (const path of this.#taskRoot.changes()) {
      console.error(
        `The function wrote ${path} into the folder of its code. On Lambda that fails: write to /tmp instead.`,
      );
    }
  }

  async #stopSandbox(sandbox: Sandbox): Promise<void> {
    this.#all.delete(sandbox);
    await sandbox.stop();
  }
}
