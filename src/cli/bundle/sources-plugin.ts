import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import type { Plugin } from 'rolldown';
import type { Project } from '../project/project.js';

const INSTALLED = /[\\/]node_modules[\\/]/;
const VIRTUAL = /^(?:\0|twodoors:)/;

/** Takes what a build reads of the user's own code outside of `src`, for `dev` to watch. */
export interface OuterSources {
  /** Is called with each file before it is read. @param path without links */
  addFile(path: string): void;
  /** Is called with the folder of the entry of each linked package that Node.js loads. @param path without links */
  addFolder(path: string): void;
}

/**
 * Reports the files that a bundle is made of, also where it cannot be compiled: all but those in `src` and in installed
 * packages.
 *
 * @param keepsLinks whether the bundler names a module of a linked package by its path in node_modules
 */
export function sourcesPlugin(project: Project, sources: OuterSources, keepsLinks = false): Plugin {
  const source = join(project.root, 'src') + sep;
  return {
    name: 'twodoors:sources',
    load: {
      // Most modules are those of packages, and each call takes time.
      filter: { id: { exclude: keepsLinks ? VIRTUAL : [VIRTUAL, INSTALLED] } },
      handler(id) {
        const [path] = id.split('?', 1) as [string];
        if (!isAbsolute(path) || path.startsWith(source)) return null;
        const real = ownPath(path);
        if (real !== undefined) sources.addFile(real);
        return null;
      },
    },
  };
}

/** Reports a package that stays outside of the bundle, if it is linked and not installed. */
export function reportLinkedPackage(entry: string, sources: OuterSources): void {
  const real = ownPath(entry);
  if (real !== undefined) sources.addFolder(dirname(real));
}

/** The path of a file without links; undefined for one that a package manager has installed, or that does not exist. */
function ownPath(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return INSTALLED.test(real) ? undefined : real;
  } catch {
    return undefined;
  }
}
