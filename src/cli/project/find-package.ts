import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of the package that Node.js finds from a folder, without links; undefined where it finds none. */
export function findPackage(from: string, name: string): string | undefined {
  if (process.versions['pnp'] !== undefined) return findByResolver(from, name);
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return realpathSync.native(folder);
  return dirname(from) === from ? undefined : findPackage(dirname(from), name);
}

/** With Plug'n'Play, only the resolver knows where packages are. */
function findByResolver(from: string, name: string): string | undefined {
  try {
    return dirname(createRequire(join(from, 'package.json')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
