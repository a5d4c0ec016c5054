import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { ThrownError } from './circular-imports.js';

/** How long a bundle may take to load here, in milliseconds. */
const PATIENCE = 10_000;

/** Loads the file that it is given, says how that went, and ends, whatever the file has begun. */
const SCRIPT = `
  const tell = (error) => process.send(error ?? null, () => process.exit());
  const told = (error) => ({ name: String(error?.name), message: String(error?.message ?? error) });
  process.once('uncaughtException', (error) => tell(told(error)));
  import(process.argv[1]).then(() => tell(), (error) => tell(told(error)));`;

/** Loads a bundle once, in a process of its own; gives what it threw, or undefined where it loads. */
export async function tryToLoad(file: string): Promise<ThrownError | undefined> {
  const child = spawn(process.execPath, ['-e', SCRIPT, pathToFileURL(file).href], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let thrown: ThrownError | undefined = {
    name: 'Error',
    message: `it was not loaded after ${PATIENCE / 1000} seconds`,
  };
  child.on('message', (message) => {
    thrown = (message as ThrownError | null) ?? undefined;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await once(child, 'exit');
  clearTimeout(timer);
  return thrown;
}
