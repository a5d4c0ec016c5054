import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../command.js';
import { makeProject, REPOSITORY } from '../projects.js';

/** The doors that a browser opens, each by the command that starts it. */
export const DOORS = [
  { door: 'the Koa door', args: ['start'] },
  { door: 'the local Lambda behind an HTTP API', args: ['dev', '--door', 'lambda', '--gateway', 'http'] },
] as const;

/** The example app as a process of its own. */
export interface ExampleServer {
  readonly origin: string;
  close(): void;
}

/** Makes a project with the example app's files, and what they import. */
export function makeExampleProject(): string {
  const root = makeProject({});
  const files = ['app.ts', 'bootstrap-koa.ts', 'bootstrap-lambda.ts', 'users.ts'];
  for (const name of [...files, 'controllers', 'public', 'views']) {
    cpSync(join(REPOSITORY, 'src', name), join(root, 'src', name), { recursive: true });
  }
  for (const name of ['nunjucks', 'valibot']) {
    const link = join(root, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(join(REPOSITORY, 'node_modules', name), link);
  }
  return root;
}

/** Starts the example app by a command of twodoors. */
export async function startExample(args: readonly string[]): Promise<ExampleServer> {
  const root = makeExampleProject();
  const command = new Command(args, root, { PORT: '0', NODE_OPTIONS: '', XDG_STATE_HOME: root });
  const address = new URL(await command.address());
  return { origin: `http://127.0.0.1:${address.port}`, close: () => command.process.kill('SIGTERM') };
}
