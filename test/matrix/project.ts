import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recipe } from './recipe.js';
import { recipes } from './recipes.js';
import { run } from './run-command.js';

export const MATRIX = dirname(fileURLToPath(import.meta.url));
export const REPOSITORY = join(MATRIX, '../..');

const folders: string[] = [];

/** Packs twodoors, which must have been compiled; the path of the tarball. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-matrix-'));
  folders.push(folder);
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8' }).trim());
}

/** The folders of a recipe, from the ground up: later files replace earlier ones, a package.json is merged. */
export function layersOf({ name, extends: ground, isTyped = false }: Recipe): string[] {
  const below = ground === undefined ? [] : layersOf(recipes.find((each) => each.name === ground)!).slice(1);
  return ['app', ...(isTyped ? ['typed'] : []), ...below, `recipes/${name}`].filter((layer) =>
    existsSync(join(MATRIX, layer)),
  );
}

/** Makes a project of a recipe in a folder of its own, and installs it from the registry. */
export async function makeProject(recipe: Recipe, tarball: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), `twodoors-${recipe.name}-`));
  folders.push(root);
  let manifest: Manifest = {};
  for (const layer of layersOf(recipe)) {
    cpSync(join(MATRIX, layer), root, { recursive: true });
    const path = join(MATRIX, layer, 'package.json');
    if (existsSync(path)) manifest = merge(manifest, JSON.parse(readFileSync(path, 'utf8')) as Manifest);
  }
  // What the app has without types by hand, to show what the compiler makes of it.
  if (recipe.isTyped) cpSync(join(MATRIX, 'app/src/todo.controller.ts'), join(root, 'untyped.ts'));
  const dependencies = { ...manifest.dependencies, twodoors: `file:${tarball}` };
  writeFileSync(join(root, 'package.json'), `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`);
  await run(recipe.install ?? 'npm install --prefer-offline --no-audit --no-fund --loglevel=error', root);
  mkdirSync(join(root, 'build'), { recursive: true });
  return root;
}

/** Removes a project, or all that was made. */
export function removeProjects(root?: string): void {
  for (const folder of root === undefined ? folders.splice(0) : [root]) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

function merge(below: Manifest, above: Manifest): Manifest {
  const both = (key: 'dependencies' | 'devDependencies' | 'scripts') =>
    below[key] || above[key] ? { [key]: { ...below[key], ...above[key] } } : {};
  return { ...below, ...above, ...both('dependencies'), ...both('devDependencies'), ...both('scripts') };
}

/** The version of a package that a project has; undefined where it is not there. */
export function versionOf(root: string, name: string): string | undefined {
  const path = join(root, 'node_modules', name, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : undefined;
}
