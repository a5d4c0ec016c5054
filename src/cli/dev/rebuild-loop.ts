import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-error.js';
import { watchTree } from './watch-tree.js';

/** Editors write a file in several steps, all within this time. In milliseconds. */
const DEBOUNCE = 15;

/** Builds again and again, as files change. */
export interface RebuildLoop {
  /** Resolves when what was saved last is built. */
  settled(): Promise<void>;
  /** Ends it; resolves when no build is under way any more. */
  close(): Promise<void>;
}

/** What {@link rebuildOnChange} takes. */
export interface RebuildOptions {
  /** The folder that is watched, with all below it. */
  readonly folder: string;
  /** Builds, and takes into use what was built, unless it `isOutdated` by then; called once now, never twice at once. */
  readonly rebuild: (isOutdated: () => boolean) => Promise<void>;
  /** Whether a change is none of the build's. Default: each is. @param path as `watchTree` tells it */
  readonly ignores?: (path: string) => boolean;
}

/**
 * Builds now, and again whenever something below a folder changes.
 *
 * @throws CommandError where the folder cannot be watched
 */
export function rebuildOnChange({ folder, rebuild, ignores = () => false }: RebuildOptions): RebuildLoop {
  let isClosed = false;
  let isChanged = true;
  let lastChange = Number.NEGATIVE_INFINITY;
  const isOutdated = () => isChanged || isClosed;
  const untilQuiet = () => lastChange + DEBOUNCE - performance.now();

  const run = async () => {
    while (isChanged && !isClosed) {
      for (let rest = untilQuiet(); rest > 0; rest = untilQuiet()) await delay(rest);
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

/** Builds; prints what is wrong where it cannot be built, and gives undefined. */
export async function tryToBuild<T>(build: () => Promise<T>): Promise<T | undefined> {
  try {
    return await build();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${error.message}\n\nWaiting for a change.`);
    return undefined;
  }
}

/** Resolves when whoever runs the command ends it: with Ctrl+C, or by SIGTERM. */
export function endOfCommand(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
