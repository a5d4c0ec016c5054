import type { Outcome } from './invocation.js';
import { Sandbox, type SandboxOptions } from './sandbox.js';
import { TaskRoot } from './task-root.js';

/** How long that moment is, in milliseconds. */
const MOMENT = 100;

/** What a function on this machine is made of. */
export interface LocalFunctionOptions extends SandboxOptions {
  /** How many invocations there may be at once, which AWS calls concurrency; those beyond are throttled. */
  readonly concurrency: number;
}

/** An invocation of a function. */
export interface FunctionInvocation {
  readonly requestId: string;
  readonly isCold: boolean;
  readonly outcome: Promise<Outcome>;
  /** Resolves when it is over, with the most memory that its sandbox has had, in MB. */
  readonly done: Promise<number | undefined>;
}

/**
 * A function on this machine: as many sandboxes as there are invocations at once, up to a limit, each kept for the next.
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

  /** Invokes it with an event, as JSON. Undefined where the limit is reached: the invocation is throttled. */
  async invoke(event: string): Promise<FunctionInvocation | undefined> {
    if (this.#idle.length === 0) await this.#finishing();
    if (this.#busy >= this.#options.concurrency) return undefined;
    this.#busy += 1;
    const sandbox = await this.#take();
    if (this.#isKilled) {
      await this.#drop(sandbox);
      return undefined;
    }
    const { isCold } = sandbox;
    const { requestId, outcome, done } = sandbox.invoke(event);
    const over = done.finally(() => this.#giveBack(sandbox));
    this.#busyUntil.set(sandbox, over);
    return { requestId, isCold, outcome, done: over };
  }

  /** Ends every sandbox; those that have an invocation, when it is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#idle.splice(0).map((sandbox) => this.#drop(sandbox)));
  }

  /** Ends every sandbox, whatever it does. */
  async kill(): Promise<void> {
    this.#isStopped = this.#isKilled = true;
    await Promise.all([...this.#all].map((sandbox) => this.#drop(sandbox)));
  }

  /**
   * Gives a sandbox that has answered a moment to ask for more: who sends one request after another is faster here than
   * the network is before Lambda, and would find a new sandbox each time.
   */
  async #finishing(): Promise<void> {
    const finishing = [...this.#busyUntil].filter(([sandbox]) => sandbox.isFinishing).map(([, over]) => over);
    if (finishing.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const moment = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MOMENT);
    });
    await Promise.race([...finishing, moment]);
    clearTimeout(timer);
  }

  /** The one that was used last, as Lambda does; those before it come to rest. */
  async #take(): Promise<Sandbox> {
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
    if (!this.#isStopped) this.#tellWrites();
    if (!sandbox.isAlive) this.#all.delete(sandbox);
    else if (this.#isStopped) void this.#drop(sandbox);
    else this.#idle.push(sandbox);
  }

  #tellWrites(): void {
    for (const path of this.#taskRoot.changes()) {
      console.error(
        `The function wrote to ${path}, beside its code. On Lambda that fails: only /tmp can be written to there.`,
      );
    }
  }

  async #drop(sandbox: Sandbox): Promise<void> {
    this.#all.delete(sandbox);
    await sandbox.stop();
  }
}
