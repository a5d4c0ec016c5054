import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isViewName } from './view-names.js';

/** A folder of views. */
export interface ViewFolder {
  /** As the app wrote it; for messages. */
  readonly name: string;
  /** All views, sorted, without hidden files and editors' backups; undefined where the folder does not exist. */
  list(): readonly string[] | undefined;
  /** Reads a view; undefined where the folder has no such file. */
  read(view: string): string | undefined;
}

/** Opens a folder of views; it is not read yet. */
export function openViewFolder(name: string, root: string): ViewFolder {
  const path = resolve(root, name);
  return {
    name,
    list: () => {
      const entries = unlessMissing(() => readdirSync(path, { recursive: true, withFileTypes: true }));
      return entries
        ?.filter((entry) => !entry.isDirectory())
        .map((entry) =>
          resolve(entry.parentPath, entry.name)
            .slice(path.length + 1)
            .replaceAll('\\', '/'),
        )
        .filter((view) => !/(?:^|\/)\.|~$/.test(view))
        .sort();
    },
    read: (view) => (isViewName(view) ? unlessMissing(() => readFileSync(resolve(path, view), 'utf8')) : undefined),
  };
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
