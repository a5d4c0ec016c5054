import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { ThrownError } from './circular-imports.js';

/** How long a bundle may take to load on this machine, in milliseconds. */
const LOAD_TIMEOUT_MS = 10_000;

/** Loads a file, reports what it threw, and exits, whatever the file has started. */
const SCRIPT = `
  globalThis[Symbol.for('twodoors.command')] = 'build';
  const report = (error) => process.send(error ?? null, () => process.exit());
  const describe = (error) => ({ name: String(error?.name), message: String(error?.message ?? error) });
  process.once('uncaughtException', (error) => report(describe(error)));
  import(process.argv[1]).then(() => report(), (error) => report(describe(error)));`;

/** Loads a bundle once, in a separate process. Returns what it threw, or undefined if it loads. */
export async function tryToLoad(file: string): Promise<ThrownError | undefined> {
  const child = spawn(process.execPath, ['-e', SCRIPT, pathToFileURL(file).href], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let thrown: ThrownError | undefined = {
    name: 'Error',
    message: `it did not load within ${LOAD_TIMEOUT_MS / 1000} seconds`,
  };
  child.on('message', (message) => {
    thrown = (message as ThrownError | null) ?? undefined;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LOAD_TIMEOUT_MS);
  await once(child, 'exit');
  clearTimeout(timer);
  return thrown;
}
