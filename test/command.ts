import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './projects.js';

const MAIN = join(REPOSITORY, 'dist/cli/main.js');

const running: Command[] = [];

/** The command as a process of its own, whose lines can be waited for. */
export class Command {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  /** @param main the entry of another installation than this repository's */
  constructor(args: readonly string[], cwd: string, env: Record<string, string | undefined> = {}, main = MAIN) {
    this.process = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { ...process.env, NODE_ENV: undefined, ...env },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      createInterface(stream).on('line', (line) => {
        this.lines.push(line);
        for (const wake of this.#waiting) wake();
      });
    }
    running.push(this);
  }

  /** Takes lines until one matches, and gives that one. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const line = this.lines.shift();
      if (line === undefined) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            this.#waiting.delete(wake);
            resolve();
          };
          this.#waiting.add(wake);
        });
      } else if (pattern.test(line)) return line;
    }
  }

  /** The address that the server says it listens on. */
  async address(): Promise<string> {
    return (await this.line(/^Listening on /)).replace('Listening on ', '');
  }

  /** Resolves with the exit code and all that has not been read. */
  async ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }> {
    const { process: child } = this;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return { code: child.exitCode, signal: child.signalCode, output: this.lines.join('\n') };
  }
}

/** Ends all that still run. */
export async function endCommands(): Promise<void> {
  for (const command of running.splice(0)) {
    command.process.kill('SIGKILL');
    await command.ended();
  }
}
