import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { CommandError } from '../command-error.js';

/**
 * Watches a folder and every folder below it, including those that are created later, until it is closed. Each folder has
 * its own watcher: on Linux, `fs.watch` with `recursive` misses a file that is saved by renaming another one, as `sed -i`
 * and many editors do.
 *
 * @param onChange is called with the path of each change, relative to the folder's parent, with `/`
 * @param skips whether a folder of this name is not watched. Default: none
 * @throws CommandError if the system allows no more watchers
 */
export function watchTree(
  folder: string,
  onChange: (path: string) => void,
  skips: (name: string) => boolean = () => false,
): { close(): void } {
  const parent = dirname(folder);
  const watchers = new Map<string, FSWatcher>();

  const watchOne = (path: string, changed: (name: string, isRename: boolean) => void) => {
    const watcher = watch(path, (event, name) => name !== null && changed(name, event === 'rename'));
    // The folder was removed. Its parent reports that too.
    watcher.on('error', () => forget(path));
    watchers.set(path, watcher);
  };
  const forget = (path: string) => {
    for (const [watched, watcher] of watchers) {
      if (watched !== path && !watched.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(watched);
    }
  };
  /** Starts to watch before it reads the folder, so that it does not miss a folder that is created in between. */
  const add = (path: string) => {
    watchOne(path, (name, isRename) => changed(join(path, name), isRename));
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) addIfFolder(join(path, entry.name));
    }
  };
  const addIfFolder = (path: string) => {
    if (skips(basename(path)) && path !== folder) return;
    try {
      if (statSync(path).isDirectory()) add(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return forget(path);
      throw isTooMany(error) ? tooManyWatchers(path) : error;
    }
  };
  const changed = (path: string, isRename: boolean) => {
    if (isRename) {
      // A watcher follows a folder that was moved away; a new folder may have taken its place.
      forget(path);
      addIfFolder(path);
    }
    onChange(relative(parent, path).split(sep).join('/'));
  };

  watchOne(parent, (name, isRename) => name === basename(folder) && changed(folder, isRename));
  addIfFolder(folder);
  return {
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** Whether the system refuses another watcher. */
export function isTooMany(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EMFILE';
}

/** What to do about it. */
export function tooManyWatchers(path: string): CommandError {
  return new CommandError(
    `Cannot watch ${path}: the system allows no more watchers for this user. Raise the limit (on Linux, fs.inotify.max_user_watches), or close other programs that watch files.`,
  );
}
