import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { normaliseRoot } from '../../runtime/declarations/public-folders.js';
import { buildServer } from '../bundle/build-doors.js';
import { explainCircularImport, type ThrownError } from '../bundle/circular-imports.js';
import { addToFolder } from '../bundle/files/write-folder.js';
import { bootstrapOf } from '../project/bootstrap.js';
import { buildFolder } from '../project/build-folder.js';
import { environmentWithFile } from '../project/env-file.js';
import type { Project } from '../project/project.js';
import { DEFAULT_FOLDER, readPublicFiles } from '../project/public-files.js';
import { type BuildFailures, createBuildFailures } from './build-failures.js';
import { isBelow, rebuildOnChange, tryToBuild, untilInterrupted } from './rebuild-loop.js';
import { createTypeCheck } from './type-check.js';

/** How long the server may take to finish its replies before it is killed, in milliseconds. */
const GRACE_MS = 1_000;

/** Loaded into the server: it logs requests, reports the error that ends the server, and ends it with this process. */
const COMPANION = new URL('./server-companion.js', import.meta.url).href;

/** How {@link dev} runs the server. */
export interface DevOptions {
  /** The address to listen on, which `serve` reads from HOST. */
  readonly host: string;
  /** Whether types are checked beside it. */
  readonly checksTypes: boolean;
  /** Where it shares the messages of failed builds with another door. Default: it does not. */
  readonly failures?: BuildFailures;
  /** Is called with the address of the server once, when it first listens. */
  readonly onListening?: ((url: string) => void) | undefined;
}

/** What the companion reports. */
interface CompanionMessage {
  readonly error?: ThrownError;
  readonly url?: string;
}

/**
 * Builds and runs the Koa door with NODE_ENV `development` and the variables of `.env`, and restarts it whenever its code or
 * `.env` changes. Views and public files are excepted, because the server reads them itself. A failure is printed, and the
 * next change is tried. Resolves when a signal has ended it.
 *
 * @throws CommandError if the project has no Koa door
 */
export async function dev(project: Project, options: DevOptions): Promise<void> {
  // Fails before anything is watched.
  bootstrapOf(project, 'koa');
  let server: ChildProcess | undefined;
  const { failures = createBuildFailures() } = options;
  const types = options.checksTypes ? createTypeCheck(project) : undefined;
  let isFirst = true;
  const onListening = (url: string) => {
    if (isFirst) options.onListening?.(url);
    isFirst = false;
  };
  const loop = rebuildOnChange({
    project,
    ignores: (path) => isRunning(server) && (isBelow(project.views, path) || tookPublicFile(project, path)),
    async rebuild(isOutdated, sources) {
      const building = tryToBuild('koa', failures, () => buildServer(project, { isLocal: true, sources }));
      types?.start(building.then(({ failure }) => failure));
      const { built } = await building;
      if (built === undefined || isOutdated()) return;
      await stop(server);
      if (!isOutdated()) server = startServer(project, built.entry, { ...options, onListening });
    },
  });
  await Promise.all([loop.settled(), untilInterrupted().then(() => loop.close())]);
  types?.close();
  await stop(server);
}

/** Whether a change is one of public files. They are copied again, for code that reads them beside itself. */
function tookPublicFile(project: Project, path: string): boolean {
  if (!isBelow(project.public?.map(normaliseRoot) ?? [DEFAULT_FOLDER], path)) return false;
  try {
    addToFolder(buildFolder(project, 'koa', true), readPublicFiles(project).files);
    return true;
  } catch {
    // A build says what is wrong with the folder.
    return false;
  }
}

function startServer(project: Project, entry: string, { host, onListening }: DevOptions): ChildProcess {
  const server = spawn(process.execPath, ['--enable-source-maps', '--import', COMPANION, entry], {
    cwd: project.root,
    env: { ...environmentWithFile(project), NODE_ENV: 'development', HOST: host },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let failure: ThrownError | undefined;
  server.on('message', ({ error, url }: CompanionMessage) => {
    if (error !== undefined) failure = error;
    if (url !== undefined) onListening?.(url);
  });
  server.once('exit', async (code) => {
    if (code === null || code === 0) return;
    const circular =
      failure === undefined ? undefined : await explainCircularImport(project, bootstrapOf(project, 'koa'), failure);
    if (circular !== undefined) console.error(circular.message);
    console.error('The server has stopped. Waiting for a change.');
  });
  return server;
}

function isRunning(server: ChildProcess | undefined): server is ChildProcess {
  return server !== undefined && server.exitCode === null && server.signalCode === null;
}

/** Stops the server: first with SIGTERM, and after the grace period with SIGKILL. */
async function stop(server: ChildProcess | undefined): Promise<void> {
  if (!isRunning(server)) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(timer);
}
