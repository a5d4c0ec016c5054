import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The folder with a function's code. On Lambda nothing can be written there; here it can, and is found out.
 */
export class TaskRoot {
  readonly #folder: string;
  #known: ReadonlyMap<string, string>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#known = this.#look();
  }

  /** What was written, removed or made below it since it was asked last, relative to it. */
  changes(): string[] {
    const before = this.#known;
    this.#known = this.#look();
    const paths = new Set([...before.keys(), ...this.#known.keys()]);
    return [...paths].filter((path) => before.get(path) !== this.#known.get(path)).sort();
  }

  #look(): Map<string, string> {
    const files = new Map<string, string>();
    // A folder changes with what is in it, which is looked at itself; what is linked is not in it.
    for (const entry of readdirSync(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found !== undefined) files.set(relative(this.#folder, path), `${found.size} ${found.mtimeMs}`);
    }
    return files;
  }
}
