import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { CommandError } from '../../command-error.js';

/**
 * Refuses a bundle that would contain two versions of twodoors, as a library that carries its own brings a second one.
 * Two copies of one version work together; two versions may not.
 */
export function oneVersionPlugin(): Plugin {
  const versions = new Map<string, string>();
  return {
    name: 'twodoors:one-version',
    async resolveId(source, importer, { kind }) {
      if (!/^twodoors(?:\/|$)/.test(source)) return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      const found = resolved === null || resolved.external ? undefined : findVersion(dirname(resolved.id));
      if (found === undefined) return null;
      if (!versions.has(found.version)) versions.set(found.version, found.folder);
      if (versions.size > 1) throw twoVersions(versions);
      return null;
    },
  };
}

/** The version of twodoors that a folder belongs to, and where it is installed. */
function findVersion(folder: string): { readonly version: string; readonly folder: string } | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    if (name === 'twodoors') return { version: String(version), folder };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return dirname(folder) === folder ? undefined : findVersion(dirname(folder));
}

function twoVersions(versions: ReadonlyMap<string, string>): CommandError {
  const list = [...versions].map(([version, folder]) => `  ${version} in ${folder}`).join('\n');
  return new CommandError(
    `The app imports two versions of twodoors:\n${list}\nInstall one version: update the package that brings the other, and make twodoors its peer dependency.`,
  );
}
