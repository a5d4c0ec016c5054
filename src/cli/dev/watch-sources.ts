import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OuterSources } from '../bundle/sources-plugin.js';
import { isTooMany, tooManyWatchers, watchTree } from './watch-tree.js';

/** A module, or data that a module may import. */
const CODE = /\.(?:[cm]?[jt]sx?|json)$/;

/** Watches single files and folders, until it is closed; what a build adds after that is not. Nothing is watched twice. */
export interface SourceWatch extends OuterSources {
  close(): void;
}

/**
 * Watches the user's code outside of `src`. A file is watched through its folder, since many editors replace a file when
 * they save it. Beside a module, other modules count as well: a build may have failed because one is missing.
 *
 * @param onChange is called at each change
 */
export function watchSources(onChange: () => void): SourceWatch {
  const files = new Set<string>();
  const withModules = new Set<string>();
  const watchers = new Map<string, FSWatcher>();
  const trees = new Map<string, { close(): void }>();
  let isClosed = false;

  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const changed = (folder: string, name: string, isRename: boolean) => {
    // The folder itself may have been removed or moved: the next build adds the one that has its place.
    const isFolder = isRename && name === basename(folder);
    if (isFolder) forget(folder);
    if (isFolder || files.has(join(folder, name)) || (withModules.has(folder) && CODE.test(name))) onChange();
  };
  const watchFolder = (folder: string) => {
    try {
      const watcher = watch(folder, (event, name) => name !== null && changed(folder, name, event === 'rename'));
      watcher.on('error', () => forget(folder));
      watchers.set(folder, watcher);
    } catch (error) {
      throw isTooMany(error) ? tooManyWatchers(folder) : error;
    }
  };
  return {
    addFile(path) {
      if (isClosed) return;
      const folder = dirname(path);
      files.add(path);
      if (CODE.test(path) && !path.endsWith('.json')) withModules.add(folder);
      if (!watchers.has(folder)) watchFolder(folder);
    },
    addFolder(path) {
      if (isClosed || trees.has(path)) return;
      const skips = (name: string) => name.startsWith('.') || name === 'node_modules';
      trees.set(
        path,
        watchTree(path, (changedPath) => CODE.test(changedPath) && onChange(), skips),
      );
    },
    close() {
      isClosed = true;
      for (const watcher of [...watchers.values(), ...trees.values()]) watcher.close();
    },
  };
}
