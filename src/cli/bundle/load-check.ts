import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { ReadyDocument } from '../../runtime/openapi/serve/ready-documents.js';
import type { PlanText } from '../../runtime/plan/plan-source.js';
import type { ThrownError } from './circular-imports.js';

/** How long a bundle may take to load on this machine, in milliseconds. */
const LOAD_TIMEOUT_MS = 10_000;

/** What a bundle did when it was loaded. */
export interface LoadOutcome {
  /** What it threw; undefined where it loads. */
  readonly error: ThrownError | undefined;
  /** The plans of the apps that it read at startup. */
  readonly plans: readonly PlanText[];
  /** The OpenAPI documents that these apps serve. */
  readonly documents: readonly ReadyDocument[];
  /** The option `public` of the `app` that the file exports; undefined where it exports none. */
  readonly publicOption?: unknown;
}

/** Loads a file, reports what it threw or planned, and exits, whatever the file has started. */
const SCRIPT = `
  globalThis[Symbol.for('twodoors.command')] = 'build';
  const plans = globalThis[Symbol.for('twodoors.plans')] = [];
  const documents = globalThis[Symbol.for('twodoors.documents')] = [];
  const report = (error, publicOption) =>
    process.send({ error, plans, documents, publicOption }, () => process.exit());
  const describe = (error) => ({ name: String(error?.name), message: String(error?.message ?? error) });
  process.once('uncaughtException', (error) => report(describe(error)));
  import(process.argv[1]).then(({ app }) => report(undefined, app?.options?.public), (error) => report(describe(error)));`;

/** Loads a bundle once, in a separate process. @param folder its working directory, the project's */
export async function tryToLoad(file: string, folder: string): Promise<LoadOutcome> {
  const child = spawn(process.execPath, ['-e', SCRIPT, pathToFileURL(file).href], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let outcome: LoadOutcome | undefined;
  child.on('message', (message) => {
    outcome = message as LoadOutcome;
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, LOAD_TIMEOUT_MS);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  // A process that native code has ended says nothing.
  const message = isLate
    ? `it did not load within ${LOAD_TIMEOUT_MS / 1000} seconds`
    : `its process ended with ${signal ?? `the code ${code}`}`;
  return outcome ?? { error: { name: 'Error', message }, plans: [], documents: [] };
}
