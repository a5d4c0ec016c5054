import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

interface Running {
  readonly child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };
  readonly lines: AsyncIterator<string>;
  asked: number;
}

/**
 * A script of this folder that replies to each line of JSON with another, in a process of its own: outside of Jest's realm, and
 * one for all questions of a test file, since the first builds of a process take twice as long as those after them. It ends with
 * the tests.
 */
export class AskedProcess {
  readonly #script: string;
  readonly #env: NodeJS.ProcessEnv | undefined;
  #running: Running | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param env Default: that of this process */
  constructor(script: string, env?: NodeJS.ProcessEnv) {
    this.#script = script;
    this.#env = env;
    afterAll(() => this.#end());
  }

  /** Rejects if the process ends instead. @param weight the number of projects that the question is about */
  ask(question: unknown, weight: number): Promise<unknown> {
    const reply = this.#last.then(() => this.#ask(question, weight));
    this.#last = reply.catch(() => {});
    return reply;
  }

  async #ask(question: unknown, weight: number): Promise<unknown> {
    if (this.#running !== undefined && this.#running.asked >= MAX_WEIGHT) await this.#end();
    this.#running ??= this.#start();
    const { child, lines } = this.#running;
    this.#running.asked += weight;
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done !== true) return JSON.parse(value);
    this.#running = undefined;
    throw new Error(`${this.#script} has ended instead of replying. It said why on stderr.`);
  }

  #start(): Running {
    const child = spawn(process.execPath, [fileURLToPath(new URL(this.#script, import.meta.url))], {
      env: this.#env ?? process.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    // One that has ended reads nothing, which its missing reply says.
    child.stdin.on('error', () => {});
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), asked: 0 };
  }

  async #end(): Promise<void> {
    const { child } = this.#running ?? {};
    this.#running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** After how many projects a new process is started: each leaves servers and modules in memory. */
const MAX_WEIGHT = 20;
