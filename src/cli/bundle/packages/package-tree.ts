import { posix } from 'node:path';
import { CommandError } from '../../command-error.js';
import { findPackage } from '../../project/find-package.js';
import { type Manifest, readManifest } from '../../project/manifest.js';
import { isForPlatform, type Platform } from './platform.js';

/** A package as it is installed, and where it lies in a function. */
export interface PlacedPackage {
  readonly name: string;
  readonly manifest: Manifest;
  /** Its folder, absolute and without links. */
  readonly folder: string;
  /** `node_modules/sharp`, or `node_modules/sharp/node_modules/semver` for another version than others have. */
  readonly place: string;
}

/** How deep copies of packages lie in others; more is a circle of several versions. */
const MAX_DEPTH = 30;

/**
 * Finds packages and all that they depend on, and a place for each so that Node.js finds the same copy as in the project.
 * Optional packages count where they are installed, and are for one of the platforms.
 *
 * @param root the folder of the project
 * @throws CommandError with every package that is not installed
 */
export function placePackages(root: string, names: readonly string[], platforms: readonly Platform[]): PlacedPackage[] {
  const placed = new Map<string, PlacedPackage>();
  const missing: string[] = [];
  const queue: PlacedPackage[] = [];
  const place = (name: string, from: string, parent: string, reason: string | undefined) => {
    const folder = findPackage(from, name);
    if (folder === undefined) {
      if (reason !== undefined) missing.push(`${name} is not installed, but ${reason}.`);
      return;
    }
    const found = lookUp(placed, parent, name);
    if (found?.folder === folder) return;
    const at = posix.join(found === undefined ? '' : parent, 'node_modules', name);
    if (at.split('node_modules/').length > MAX_DEPTH) {
      throw new CommandError(
        `${name} and other packages need each other in several versions, without an end (${at}). Install one version of each.`,
      );
    }
    const added = { name, folder, place: at, manifest: readManifest(`${folder}/package.json`) };
    if (reason === undefined && !platforms.some((platform) => isForPlatform(added.manifest, platform))) return;
    placed.set(at, added);
    queue.push(added);
  };
  for (const name of [...new Set(names)].sort()) place(name, root, '', '"lambda.zipPackages" names it');
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const [name, isNeeded] of dependenciesOf(next.manifest)) {
      place(name, next.folder, next.place, isNeeded ? `${next.name} needs it` : undefined);
    }
  }
  if (missing.length > 0)
    throw new CommandError(`${missing.join('\n')}\nInstall what is missing, such as by npm install.`);
  return [...placed.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** What Node.js finds from a place. */
function lookUp(placed: ReadonlyMap<string, PlacedPackage>, from: string, name: string): PlacedPackage | undefined {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const found = placed.get(posix.join(folder, 'node_modules', name));
    if (found !== undefined || folder === '') return found;
  }
}

/** The names of what a package depends on, sorted, and whether it needs it. */
function dependenciesOf(manifest: Manifest): [name: string, isNeeded: boolean][] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const optional = keysOf(optionalDependencies);
  const meta = (peerDependenciesMeta ?? {}) as Readonly<Record<string, { readonly optional?: unknown } | undefined>>;
  const needed = keysOf(dependencies).filter((name) => !optional.includes(name));
  // Peers that are missing have been a warning of the package manager.
  const peers = keysOf(peerDependencies).filter((name) => meta[name]?.optional !== true);
  const all = new Map<string, boolean>([
    ...[...optional, ...peers].map((name) => [name, false] as const),
    ...needed.map((name) => [name, true] as const),
  ]);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

function keysOf(dependencies: unknown): string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}
