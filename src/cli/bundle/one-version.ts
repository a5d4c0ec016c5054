import { join } from 'node:path';
import { describeVersionConflict } from '../../runtime/identity/copies.js';
import { CommandError } from '../command-error.js';
import { readManifest } from '../project/manifest.js';

/**
 * Refuses modules of several versions of twodoors, such as those of a library with its own.
 *
 * @param ids the files of all modules
 * @throws CommandError with each version and its path
 */
export function assertOneVersion(ids: Iterable<string>): void {
  const versions = new Map<string, string>();
  for (const id of ids) {
    const folder = /^(.*)[\\/](?:dist|src)[\\/]runtime[\\/]/.exec(id)?.[1];
    if (folder === undefined || versions.has(folder)) continue;
    const { name, version } = readManifest(join(folder, 'package.json'));
    if (name === 'twodoors') versions.set(folder, String(version));
  }
  if (new Set(versions.values()).size < 2) return;
  throw new CommandError(describeVersionConflict([...versions].map(([folder, version]) => `${version} (${folder})`)));
}
