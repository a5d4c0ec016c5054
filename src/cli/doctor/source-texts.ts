import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Project } from '../project/project.js';

/** A TypeScript file of a project. */
export interface SourceText {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The TypeScript files below `src`. */
export function readSourceTexts(project: Project): SourceText[] {
  const folder = join(project.root, 'src');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}node_modules${sep}`))
    .sort()
    .map((path) => ({ path: relative(project.root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

/** A file of the project's root; undefined where it has none of these names. */
export function readRootFile(project: Project, names: readonly string[]): SourceText | undefined {
  const path = names.find((name) => existsSync(join(project.root, name)));
  return path === undefined ? undefined : { path, text: readFileSync(join(project.root, path), 'utf8') };
}
