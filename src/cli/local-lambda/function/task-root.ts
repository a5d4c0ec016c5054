import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folder with a function's code. On Lambda it is read-only; here writes are detected. */
export class TaskRoot {
  readonly #folder: string;
  #known: ReadonlyMap<string, string>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#known = this.#list();
  }

  /** The files that were changed, removed or created since the last call, relative to the folder. */
  changes(): string[] {
    const before = this.#known;
    this.#known = this.#list();
    const paths = new Set([...before.keys(), ...this.#known.keys()]);
    return [...paths].filter((path) => before.get(path) !== this.#known.get(path)).sort();
  }

  #list(): Map<string, string> {
    const files = new Map<string, string>();
    // Only files: a folder changes with its files, and a link leads outside.
    for (const entry of readdirSync(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const status = statSync(path, { throwIfNoEntry: false });
      if (status !== undefined) files.set(relative(this.#folder, path), `${status.size} ${status.mtimeMs}`);
    }
    return files;
  }
}
