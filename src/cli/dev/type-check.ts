import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../project/project.js';
import { typescriptOf } from '../project/typescript.js';
import { withoutShownSyntax } from './shown-syntax.js';

/** Checks types beside the server. */
export interface TypeCheck {
  /**
   * Checks the project as it is now, and ends a check that is running. Prints mistakes, and once that they are gone.
   *
   * @param failure resolves with the message of the build beside it, where that fails
   */
  start(failure: Promise<string | undefined>): void;
  /** Ends a check that is running. */
  close(): void;
}

/**
 * Runs the project's own tsc in a process of its own, which nothing waits for. Without TypeScript or a tsconfig.json there
 * is nothing to check.
 */
export function createTypeCheck(project: Project): TypeCheck {
  const compiler = existsSync(join(project.root, 'tsconfig.json')) ? typescriptOf(project) : undefined;
  if (compiler === undefined) return { start() {}, close() {} };
  const colour = process.stdout.isTTY ? ['--pretty'] : [];
  let running: ChildProcess | undefined;
  let hadMistakes = false;
  const close = () => {
    running?.kill();
    running = undefined;
  };
  return {
    close,
    start(failure) {
      const known = failure.catch(() => undefined);
      close();
      const child = spawn(process.execPath, [compiler.command, '--noEmit', ...colour], {
        cwd: project.root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      running = child;
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.once('close', async (code) => {
        const mistakes = code === 0 ? '' : withoutShownSyntax(output, (await known) ?? '').trimEnd();
        // Another check has taken its place.
        if (running !== child) return;
        running = undefined;
        if (code === 0 && hadMistakes) console.log('Types: no mistakes.');
        if (mistakes !== '') console.error(`Types:\n${mistakes}`);
        hadMistakes = mistakes !== '';
      });
    },
  };
}
