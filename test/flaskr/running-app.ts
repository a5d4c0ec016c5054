import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GatewayName } from 'twodoors/testing';
import { localFunction, openLocalDoor } from '../local-lambda/local-door.js';
import { makeProject, REPOSITORY } from '../projects.js';
import { runCommand } from '../run-command.js';

/** Something that serves Flaskr. */
export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** The example as an app of its own, with both doors built. */
export async function buildFlaskr(): Promise<string> {
  const root = makeProject({});
  const example = join(REPOSITORY, 'examples/flaskr');
  for (const name of ['src', 'package.json', 'tsconfig.json', 'twodoors.config.ts']) {
    cpSync(join(example, name), join(root, name), { recursive: true });
  }
  for (const name of ['nunjucks', 'pg', '@electric-sql']) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
  const built = await runCommand(['build'], root);
  if (built.code !== 0) throw new Error(built.output);
  return root;
}

/** What the app reads of its environment; hashes are cheap. */
const ENVIRONMENT = { SECRET: 'of this test', PASSWORD_COST: '4', NODE_ENV: 'production' };

/** Starts the Koa door, with a database in memory unless `env` has another. */
export async function startKoa(root: string, env: Record<string, string> = {}): Promise<Running> {
  const own = { ...ENVIRONMENT, PORT: '0', HOST: '127.0.0.1', DATABASE_FOLDER: 'memory://', NODE_OPTIONS: '' };
  const server = spawn(process.execPath, [join(root, 'build/koa/index.js')], {
    cwd: root,
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await firstLine(server);
  const url = /http:\S+/.exec(said)?.[0];
  if (url === undefined) throw new Error(`The server says ${said}`);
  return { url, stop: () => stop(server) };
}

/** Where functions write their logs, in the folder of the app. */
export const LOG = 'lambda.log';

/** Starts the built function behind a gateway. */
export async function startLambda(
  root: string,
  gateway: GatewayName,
  env: Record<string, string>,
  concurrency = 1,
): Promise<Running> {
  const settings = { environment: { ...ENVIRONMENT, ...env }, functionName: 'flaskr' };
  const log = openSync(join(root, LOG), 'a');
  const local = localFunction(join(root, 'build/lambda'), { settings, concurrency, log });
  const door = await openLocalDoor(gateway, local);
  return {
    url: `http://127.0.0.1:${door.port}`,
    async stop() {
      door.close();
      await local.stop();
      closeSync(log);
    },
  };
}

/** Starts Flask's own, with a new database. */
export async function startOracle(root: string): Promise<Running> {
  const script = join(REPOSITORY, 'test/oracle/flaskr.py');
  const server = spawn('python3', [script, join(root, 'oracle.sqlite')], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: `http://127.0.0.1:${await firstLine(server)}`, stop: () => stop(server) };
}

/** The first line that a server prints; rejects where it ends before. */
async function firstLine(server: ChildProcess): Promise<string> {
  const lines = createInterface(server.stdout!);
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(server, 'close').then(([code]) => Promise.reject(new Error(`The server ended with ${code}`))),
  ]);
  return line as string;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}
