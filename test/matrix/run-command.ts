import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A command that failed: its message is all that it printed. */
export class CommandFailure extends Error {}

/** The environment of commands: that of a user's shell, not of our own tests. */
export function environment(root: string, env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = { ...process.env };
  for (const name of Object.keys(own))
    if (/^(?:npm_|NODE_(?!EXTRA)|JEST_|VITEST|TEST_FIGURES|FORCE_COLOR|INIT_CWD)/.test(name)) delete own[name];
  const path = `${join(root, 'node_modules/.bin')}:${own['PATH']}`;
  return { ...own, PATH: path, NO_COLOR: '1', CI: '1', npm_config_update_notifier: 'false', ...env };
}

/**
 * Runs a command line in a project, as a script of its package.json would be run; what it printed.
 *
 * @throws CommandFailure with what it printed, if its exit code is not 0
 */
export async function run(command: string, root: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(command, {
    cwd: root,
    shell: true,
    env: environment(root, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  await once(child, 'close');
  if (child.exitCode !== 0)
    throw new CommandFailure(`${command}: exit code ${child.exitCode ?? child.signalCode}\n${said}`);
  return said;
}
