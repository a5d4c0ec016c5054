import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders of templates; they lie beside the compiled code and beside the sources. */
const FOLDER = fileURLToPath(new URL('../../../templates/', import.meta.url));

type Json = { readonly [name: string]: unknown };

/**
 * The files of some template folders, by their names in a project. A later folder replaces files of an earlier one, except
 * that what is in their package.json files is put together.
 *
 * @param values what stands for `__NAME__` and other names in two underscores
 */
export function readTemplates(
  folders: readonly string[],
  values: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let manifest: Json = {};
  for (const folder of folders) {
    for (const name of namesIn(join(FOLDER, folder))) {
      const text = fillIn(readFileSync(join(FOLDER, folder, name), 'utf8'), values);
      if (name === 'package.json') manifest = merge(manifest, JSON.parse(text) as Json);
      // npm never packs a .gitignore.
      else files.set(name === 'gitignore' ? '.gitignore' : name, text);
    }
  }
  return files.set('package.json', `${JSON.stringify(sortDependencies(manifest), null, 2)}\n`);
}

/** The files in a folder and below, with `/`. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/__([A-Z]+)__/g, (whole, name: string) => values[name] ?? whole);
}

function merge(one: Json, other: Json): Json {
  const merged: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = merged[name];
    merged[name] = isJson(before) && isJson(value) ? merge(before, value) : value;
  }
  return merged;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As package managers write them, so that the first `npm install PACKAGE` changes one line. */
function sortDependencies(manifest: Json): Json {
  return Object.fromEntries(
    Object.entries(manifest).map(([name, value]) => [
      name,
      /dependencies$/i.test(name) && isJson(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ]),
  );
}
