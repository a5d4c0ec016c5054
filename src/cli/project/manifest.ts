import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a package.json says. Nothing checks it, so any value may have any type. */
export interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly type?: unknown;
  readonly engines?: unknown;
  readonly sideEffects?: unknown;
  readonly exports?: unknown;
  readonly module?: unknown;
  readonly scripts?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly gypfile?: unknown;
  readonly binary?: unknown;
  readonly napi?: unknown;
  readonly optionalDependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly peerDependenciesMeta?: unknown;
  readonly os?: unknown;
  readonly cpu?: unknown;
  readonly libc?: unknown;
}

/** Reads a package.json. One that does not exist or is not an object of JSON says nothing. */
export function readManifest(path: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest | null;
    return typeof manifest === 'object' && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
}

/** The path of the package.json of the package that a folder belongs to. */
export function findManifest(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : findManifest(dirname(folder));
}
