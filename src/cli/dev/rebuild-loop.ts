import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-error.js';
import { watchTree } from './watch-tree.js';

/** Editors save a file in several steps, all within this time, in milliseconds. */
const DEBOUNCE_MS = 15;

/** Builds whenever files change. */
export interface RebuildLoop {
  /** Resolves when the last change is built. */
  settled(): Promise<void>;
  /** Stops watching. Resolves when the current build has ended. */
  close(): Promise<void>;
}

/** What {@link rebuildOnChange} needs. */
export interface RebuildOptions {
  /** The folder to watch, with everything below it. */
  readonly folder: string;
  /**
   * Builds, and starts what was built unless `isOutdated()` is true by then. It is called once at the start, and never
   * while another call is running.
   */
  readonly rebuild: (isOutdated: () => boolean) => Promise<void>;
  /** Whether a change needs no build. Default: every change needs one. @param path as {@link watchTree} reports it */
  readonly ignores?: (path: string) => boolean;
}

/**
 * Builds now, and again whenever something below a folder changes.
 *
 * @throws CommandError if the folder cannot be watched
 */
export function rebuildOnChange({ folder, rebuild, ignores = () => false }: RebuildOptions): RebuildLoop {
  let isClosed = false;
  let isChanged = true;
  let lastChange = Number.NEGATIVE_INFINITY;
  const isOutdated = () => isChanged || isClosed;
  const msUntilQuiet = () => lastChange + DEBOUNCE_MS - performance.now();

  const run = async () => {
    while (isChanged && !isClosed) {
      for (let rest = msUntilQuiet(); rest > 0; rest = msUntilQuiet()) await delay(rest);
      if (isClosed) break;
      isChanged = false;
      await rebuild(isOutdated);
    }
  };
  const watcher = watchTree(folder, (path) => {
    if (ignores(path)) return;
    lastChange = performance.now();
    isChanged = true;
    running = running.then(run);
  });
  let running = run();
  return {
    async settled() {
      for (let last: unknown; last !== running; ) {
        last = running;
        await running;
      }
    },
    async close() {
      isClosed = true;
      watcher.close();
      await running;
    },
  };
}

/** Builds. If that fails, prints the message and returns undefined. */
export async function tryToBuild<T>(build: () => Promise<T>): Promise<T | undefined> {
  try {
    return await build();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${error.message}\n\nWaiting for a change.`);
    return undefined;
  }
}

/** Resolves when the user ends the command: with Ctrl+C, or with SIGTERM. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
