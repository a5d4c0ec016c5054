import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildServer } from '../bundle/build-doors.js';
import { explainCircularImport, type ThrownError } from '../bundle/circular-imports.js';
import { environmentOf } from '../project/env-file.js';
import { bootstrapOf, type Project } from '../project/project.js';
import { endOfCommand, rebuildOnChange, tryToBuild } from './rebuild-loop.js';

/** How long the server may take to answer what it has begun, before it is ended. In milliseconds. */
const GRACE = 1_000;

/**
 * Loaded into the server: should this process be killed, the server must not stay and keep the port; and what ends the
 * server is told here.
 */
const COMPANION = `data:text/javascript,${encodeURIComponent(`
  process.once('disconnect', () => process.exit());
  process.on('uncaughtExceptionMonitor', ({ name, message }) => process.send({ name, message }));
  process.channel.unref();`)}`;

/**
 * `twodoors dev`: builds and runs the Koa door with NODE_ENV `development` and what `.env` says, and does so again whenever something below
 * `src` changes, views excepted: the server sees those by itself. What fails is printed, and the next change tried.
 * Resolves when a signal ended it.
 */
export async function dev(project: Project): Promise<void> {
  // Nothing is watched where there is nothing to run.
  bootstrapOf(project, 'koa');
  let server: ChildProcess | undefined;
  const loop = rebuildOnChange({
    folder: join(project.root, 'src'),
    ignores: (path) => isRunning(server) && project.views.some((folder) => path.startsWith(`${folder}/`)),
    async rebuild(isOutdated) {
      const entry = await tryToBuild(() => buildServer(project));
      if (entry === undefined || isOutdated()) return;
      await stop(server);
      if (!isOutdated()) server = run(project, entry);
    },
  });
  await Promise.all([loop.settled(), endOfCommand().then(() => loop.close())]);
  await stop(server);
}

function run(project: Project, entry: string): ChildProcess {
  const server = spawn(process.execPath, ['--enable-source-maps', '--import', COMPANION, entry], {
    cwd: project.root,
    env: { ...environmentOf(project), NODE_ENV: 'development' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let failure: ThrownError | undefined;
  server.on('message', (message) => {
    failure = message as ThrownError;
  });
  server.once('exit', async (code) => {
    if (code === null || code === 0) return;
    const circular =
      failure === undefined ? undefined : await explainCircularImport(project, bootstrapOf(project, 'koa'), failure);
    if (circular !== undefined) console.error(circular.message);
    console.error('The server ended. Waiting for a change.');
  });
  return server;
}

function isRunning(server: ChildProcess | undefined): server is ChildProcess {
  return server !== undefined && server.exitCode === null && server.signalCode === null;
}

/** Ends the server, at first kindly. */
async function stop(server: ChildProcess | undefined): Promise<void> {
  if (!isRunning(server)) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), GRACE);
  await ended;
  clearTimeout(timer);
}
