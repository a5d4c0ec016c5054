import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OuterSources } from '../bundle/sources-plugin.js';
import { CommandError } from '../command-error.js';
import type { DoorName } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import type { BuildFailures } from './build-failures.js';
import { watchSources } from './watch-sources.js';
import { watchTree } from './watch-tree.js';

/** Editors save a file in several steps, all within this time, in milliseconds. */
const DEBOUNCE_MS = 15;

/** The folder of an app's code. */
const SOURCE = 'src';

/** Builds whenever files change. */
export interface RebuildLoop {
  /** Resolves when the last change is built. */
  settled(): Promise<void>;
  /** Stops watching. Resolves when the current build has ended. */
  close(): Promise<void>;
}

/** What {@link rebuildOnChange} needs. */
export interface RebuildOptions {
  readonly project: Project;
  /**
   * Builds, and starts what was built unless `isOutdated()` is true by then. It is called once at the start, and never
   * while another call is running. What it adds to `sources` is watched from then on.
   */
  readonly rebuild: (isOutdated: () => boolean, sources: OuterSources) => Promise<void>;
  /** Further folders to watch, relative to the project. Default: none. */
  readonly folders?: readonly string[];
  /** Whether a change below `src` needs no build. Default: every change needs one. @param path as {@link watchTree} reports it */
  readonly ignores?: (path: string) => boolean;
}

/**
 * Builds now, and again whenever something changes that the running code is made of: what is below `src`, the user's own
 * code elsewhere that it imports, and the variables in `.env`.
 *
 * @throws CommandError if a folder cannot be watched
 */
export function rebuildOnChange(options: RebuildOptions): RebuildLoop {
  const { project, rebuild, folders = [], ignores = () => false } = options;
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
      await rebuild(isOutdated, sources);
    }
  };
  const changed = () => {
    lastChange = performance.now();
    isChanged = true;
    running = running.then(run);
  };
  const sources = watchSources(changed);
  const trees: { close(): void }[] = [];
  const stopWatching = () => {
    for (const each of [sources, ...trees]) each.close();
  };
  try {
    sources.addFile(join(project.root, '.env'));
    trees.push(watchTree(join(project.root, SOURCE), (path) => ignores(path) || changed()));
    for (const folder of folders) {
      if (isBelow([SOURCE], folder) || !existsSync(join(project.root, folder))) continue;
      trees.push(watchTree(join(project.root, folder), changed));
    }
  } catch (error) {
    // What is watched keeps the process.
    stopWatching();
    throw error;
  }
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
      stopWatching();
      await running;
    },
  };
}

/** Whether a path is in one of these folders. */
export function isBelow(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** What a build has made, or else why it failed. */
export interface BuildOutcome<T> {
  readonly built?: T;
  readonly failure?: string;
}

/** Builds a door. If that fails, the message is printed. */
export async function tryToBuild<T>(
  door: DoorName,
  failures: BuildFailures,
  build: () => Promise<T>,
): Promise<BuildOutcome<T>> {
  try {
    const built = await build();
    failures.built(door);
    return { built };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    failures.failed(door, error.message);
    return { failure: error.message };
  }
}

/** Resolves when the user ends the command: with Ctrl+C, or with SIGTERM. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
