import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

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
    for (const path of readdirSync(this.#folder, { recursive: true, encoding: 'utf8' })) {
      const found = statSync(join(this.#folder, path), { throwIfNoEntry: false });
      // A folder changes with what is in it, which is looked at itself.
      if (found?.isFile() === true) files.set(path, `${found.size} ${found.mtimeMs}`);
    }
    return files;
  }
}
