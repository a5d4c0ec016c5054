import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { CommandError } from '../command-error.js';

/**
 * Watches a folder and all folders below it, whether they are there already or not, until it is closed. Each folder has
 * a watch of its own: on Linux `fs.watch` with `recursive` loses a file that is saved by renaming another to it, as
 * `sed -i` and many editors do.
 *
 * @param onChange told of each path that changed, relative to the folder's parent, with `/`
 * @throws CommandError where the system watches no more
 */
export function watchTree(folder: string, onChange: (path: string) => void): { close(): void } {
  const parent = dirname(folder);
  const watchers = new Map<string, FSWatcher>();

  const watchOne = (path: string, changed: (name: string, isRename: boolean) => void) => {
    const watcher = watch(path, (event, name) => name !== null && changed(name, event === 'rename'));
    // The folder has gone; what it is in says so as well.
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
  /** Watches before it looks for more: what comes into a folder in between is seen by one of the two. */
  const add = (path: string) => {
    watchOne(path, (name, isRename) => changed(join(path, name), isRename));
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) addIfThere(join(path, entry.name));
    }
  };
  const addIfThere = (path: string) => {
    try {
      if (statSync(path).isDirectory()) add(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return forget(path);
      throw code === 'ENOSPC' || code === 'EMFILE' ? tooMany(path) : error;
    }
  };
  const changed = (path: string, isRename: boolean) => {
    if (isRename) {
      // A watch stays with a folder that was moved away; another may stand in its place.
      forget(path);
      addIfThere(path);
    }
    onChange(relative(parent, path).split(sep).join('/'));
  };

  watchOne(parent, (name, isRename) => name === basename(folder) && changed(folder, isRename));
  addIfThere(folder);
  return {
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function tooMany(path: string): CommandError {
  return new CommandError(
    `${path} cannot be watched: the system watches no more folders for this user. Allow more (on Linux, fs.inotify.max_user_watches), or end other programs that watch.`,
  );
}
