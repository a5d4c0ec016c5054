import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './projects.js';

/** How a command ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs the twodoors command to its end.
 *
 * @param isLast a line that is the last to wait for: the command is then told to end
 */
export async function runCommand(
  args: readonly string[],
  cwd: string,
  env: Record<string, string | undefined> = {},
  isLast: (line: string) => boolean = () => false,
): Promise<Ended> {
  const command = spawn(process.execPath, [join(REPOSITORY, 'dist/cli/main.js'), ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: '', ...env },
  });
  const lines: string[] = [];
  for (const stream of [command.stdout, command.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (isLast(line)) command.kill('SIGTERM');
    });
  }
  await once(command, 'close');
  return { code: command.exitCode, output: lines.join('\n') };
}
