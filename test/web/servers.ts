import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server of a test's own, on the loopback, its data in a temporary folder. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A kind of server, if its program is installed here. */
export interface ServerKind {
  readonly name: string;
  /** Undefined where the program is missing. */
  readonly start: (() => Promise<TestServer>) | undefined;
  /** What installs it on Debian. */
  readonly install: string;
}

/** Debian keeps the programs of Postgres beside each other, by version. */
const POSTGRES = '/usr/lib/postgresql';

function find(program: string): string | undefined {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).map((version) => join(POSTGRES, version, 'bin')) : [];
  const folders = [...versions, ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Postgres refuses to run as root: then it runs as the user that Debian's package makes. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres']).stdout || Number.NaN);
  return { uid: id('-u'), gid: id('-g') };
}

const redis = find('redis-server');
const initdb = find('initdb');
const postgres = initdb === undefined ? undefined : join(initdb, '../postgres');
const user = postgresUser();
const hasPostgres = postgres !== undefined && existsSync(postgres) && !Number.isNaN(user?.uid ?? 0);

/** Servers that sessions are tested with. */
export const serverKinds: readonly ServerKind[] = [
  { name: 'Redis', install: 'redis-server', start: redis === undefined ? undefined : () => startRedis(redis) },
  {
    name: 'Postgres',
    install: 'postgresql',
    start: hasPostgres ? () => startPostgres(initdb!, postgres!) : undefined,
  },
];

async function startRedis(program: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-redis-'));
  const port = await freePort();
  const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await lineOf(server, server.stdout, /Ready to accept connections/);
  return { url: `redis://127.0.0.1:${port}`, stop: () => stop(server, folder) };
}

async function startPostgres(initialise: string, program: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const made = spawnSync(initialise, ['-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8'], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  const server = spawn(program, ['-D', folder, ...settings], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await lineOf(server, server.stderr!, /ready to accept connections/);
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop: () => stop(server, folder) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when a server has said this; rejects where it ends before. */
function lineOf(server: ChildProcess, output: NodeJS.ReadableStream, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said.join('\n')}`)));
    createInterface(output).on('line', (line) => {
      said.push(line);
      if (pattern.test(line)) resolve();
    });
  });
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    // Postgres waits for its clients then, which are leaving; SIGINT would cut them off.
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
