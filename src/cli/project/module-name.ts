import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Project } from './project.js';

/**
 * Names a module by its path below the project's root, or from `node_modules` on. The name does not depend on where the
 * project is on this machine, so the same project gives the same bundle everywhere.
 */
export function moduleName(project: Project, id: string): string {
  const names = namesOf.get(project) ?? new Map<string, string>();
  namesOf.set(project, names);
  const name = names.get(id) ?? findName(project, id);
  names.set(id, name);
  return name;
}

/** A build asks for each name a dozen times, and those of linked packages are read from files. */
const namesOf = new WeakMap<Project, Map<string, string>>();

function findName(project: Project, id: string): string {
  const path = id.replace(/\?.*$/, '');
  if (!isAbsolute(path)) return path.replace('\0', '');
  const fromRoot = relative(project.root, path).split(sep).join('/');
  const inModules = fromRoot.lastIndexOf('node_modules/');
  // A store, such as that of yarn's pnpm linker, does not have the names of packages as folders.
  if (inModules >= 0 && fromRoot[inModules + 'node_modules/'.length] !== '.') return fromRoot.slice(inModules);
  if (inModules < 0 && !fromRoot.startsWith('../')) return fromRoot;
  return `node_modules/${linkedPackagePath(path)}`;
}

/** The path of a file in a package that is linked from outside the project: the package's name, and the path inside it. */
function linkedPackagePath(path: string): string {
  const parts = path.split(sep);
  for (let end = parts.length - 1; end > 0; end--) {
    const manifest = join(parts.slice(0, end).join(sep), 'package.json');
    if (!existsSync(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
    if (name !== undefined) return [name, ...parts.slice(end)].join('/');
  }
  return parts.at(-1)!;
}
