import { join } from 'node:path';
import { findPackage } from './find-package.js';
import type { Project } from './project.js';

/** The TypeScript of a project. */
export interface TypeScript {
  /** The folder of its package. */
  readonly folder: string;
  /** The file that runs tsc. */
  readonly command: string;
}

/** The TypeScript that a project has installed; undefined where it has not. */
export function typescriptOf(project: Project): TypeScript | undefined {
  const folder = findPackage(project.root, 'typescript');
  return folder === undefined ? undefined : { folder, command: join(folder, 'bin/tsc') };
}
