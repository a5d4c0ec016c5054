import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isViewName } from './view-names.js';

/** A folder of views. */
export interface ViewFolder {
  /** As the app named it; for messages. */
  readonly name: string;
  /** All views, sorted; hidden files and editors' backups are none. Undefined where the folder is not there. */
  list(): readonly string[] | undefined;
  /** A view's source; undefined where there is no such file below the folder. */
  read(view: string): string | undefined;
}

/** Opens a folder of views; nothing is read yet. */
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
