import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NunjucksOptions, ViewEngine } from 'twodoors/views';
import { type PrecompiledFolders, precompiledNunjucks } from 'twodoors/views/precompiled';
import { compileFolder } from '../src/cli/views/compile-folder.js';

const folders: string[] = [];
const cwd = process.cwd();

/** A project of its own with these views, and the working directory in it. */
export function enterProject(views: Record<string, string>, folder = 'src/views'): string {
  const root = mkdtempSync(join(tmpdir(), 'twodoors-views-'));
  folders.push(root);
  writeFileSync(join(root, 'package.json'), '{}');
  for (const [name, source] of Object.entries(views)) writeView(root, name, source, folder);
  process.chdir(root);
  return root;
}

/** Goes back to the working directory of the tests. */
export function leaveProject(): void {
  process.chdir(cwd);
}

/** Removes all projects that were entered. */
export function removeViewProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Writes a view of a project. */
export function writeView(root: string, name: string, source: string, folder = 'src/views'): void {
  const path = join(root, folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}

/** The views of a project as part of a bundle. */
export async function precompile(root: string, options?: NunjucksOptions, folder = 'src/views'): Promise<ViewEngine> {
  const source = await compileFolder(root, folder);
  const views = new Function(`return ${source}`)() as PrecompiledFolders[string];
  return precompiledNunjucks({ [folder]: views })(options);
}
