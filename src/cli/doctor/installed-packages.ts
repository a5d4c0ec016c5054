import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readManifest } from '../project/manifest.js';

/** A copy of a package in node_modules. */
export interface InstalledCopy {
  readonly version: string;
  /** Its folder, without links. */
  readonly folder: string;
}

/** Where pnpm and yarn's pnpm linker keep all copies. */
const STORES = ['node_modules/.pnpm', 'node_modules/.store'];

/**
 * Finds every copy of some packages in the node_modules of a folder and of those that it is in, also those that other packages bring, in the layouts
 * of npm, pnpm, yarn and Bun. Links are followed once, so that a copy that several packages share counts once.
 */
export function findInstalledCopies(root: string, names: readonly string[]): ReadonlyMap<string, InstalledCopy[]> {
  const copies = new Map<string, InstalledCopy[]>(names.map((name) => [name, []]));
  if (process.versions['pnp'] !== undefined) return addPlugAndPlayCopies(root, copies);
  const seen = new Set<string>();
  const visit = (modules: string) => {
    if (!existsSync(modules)) return;
    for (const [name, path] of packagesIn(modules)) {
      let folder: string;
      try {
        folder = realpathSync(path);
      } catch {
        // A link that leads nowhere.
        continue;
      }
      if (seen.has(folder)) continue;
      seen.add(folder);
      const { version } = copies.has(name) ? readManifest(join(folder, 'package.json')) : {};
      if (typeof version === 'string') copies.get(name)!.push({ version, folder });
      visit(join(folder, 'node_modules'));
    }
  };
  // A workspace has most of its packages above.
  for (const folder of foldersFrom(root)) visit(join(folder, 'node_modules'));
  for (const store of foldersFrom(root).flatMap((folder) => STORES.map((name) => join(folder, name)))) {
    if (!existsSync(store)) continue;
    for (const name of readdirSync(store)) visit(join(store, name, 'node_modules'));
  }
  return copies;
}

/** A folder, and all that it is in. */
function foldersFrom(folder: string): string[] {
  return dirname(folder) === folder ? [folder] : [folder, ...foldersFrom(dirname(folder))];
}

function* packagesIn(modules: string): Generator<[name: string, path: string]> {
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.')) continue;
    const path = join(modules, name);
    if (!name.startsWith('@')) yield [name, path];
    else for (const inner of readdirSync(path)) yield [`${name}/${inner}`, join(path, inner)];
  }
}

/** What Plug'n'Play says of the packages of a project, of which there are no folders to read. */
interface PlugAndPlay {
  getAllLocators(): readonly { readonly name: string; readonly reference: string }[];
  getPackageInformation(locator: object): { readonly packageLocation: string } | null;
  /** The path of a package without what makes it virtual; null where it is not. */
  resolveVirtual(path: string): string | null;
}

function addPlugAndPlayCopies(root: string, copies: Map<string, InstalledCopy[]>): Map<string, InstalledCopy[]> {
  const pnp = createRequire(join(root, 'package.json'))('pnpapi') as PlugAndPlay;
  for (const locator of pnp.getAllLocators()) {
    const found = copies.get(locator.name);
    const location = found === undefined ? undefined : pnp.getPackageInformation(locator)?.packageLocation;
    if (location === undefined) continue;
    const folder = pnp.resolveVirtual(location) ?? location;
    const { version } = readManifest(join(folder, 'package.json'));
    const isNew = !found!.some((copy) => copy.folder === folder);
    if (isNew && typeof version === 'string') found!.push({ version, folder });
  }
  return copies;
}
