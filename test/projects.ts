import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BundledModule } from '../src/cli/bundle/bundled-module.js';

/** This repository. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const made: string[] = [];

/** Makes a project of these files, with twodoors and what comes with it installed as in a user's. */
export function makeProject(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'twodoors-project-'));
  made.push(root);
  writeFile(root, 'package.json', '{ "name": "app", "type": "module" }');
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(REPOSITORY, join(root, 'node_modules/twodoors'));
  symlinkSync(join(REPOSITORY, 'node_modules/class-validator'), join(root, 'node_modules/class-validator'));
  for (const [name, content] of Object.entries(files)) writeFile(root, name, content);
  return root;
}

/** Writes a file of a project. */
export function writeFile(root: string, name: string, content: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

/** Removes all projects that were made. */
export function removeProjects(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true });
}

/** What a bundle came out as, or why it did not. */
export interface BuiltBundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly modules: readonly BundledModule[];
  readonly warnings: readonly string[];
}

/**
 * Bundles a door of a project with the compiled command, in a process of its own: the bundler does not run in Jest's
 * realm. Rejects with the message and the name of what it threw.
 */
export async function bundle(root: string, door: 'lambda' | 'server'): Promise<BuiltBundle> {
  const cli = (name: string) => JSON.stringify(new URL(`../dist/cli/${name}.js`, import.meta.url).href);
  const script = `
    import * as bundlers from ${cli(`bundle/bundle-${door}`)};
    import { openProject } from ${cli('project/project')};
    const bundleDoor = bundlers.${door === 'lambda' ? 'bundleLambda' : 'bundleServer'};
    const write = (value) => process.stdout.write(JSON.stringify(value));
    try {
      const { files, ...rest } = await bundleDoor(openProject(${JSON.stringify(root)}));
      write({ files: [...files].map(([name, content]) => [name, Buffer.from(content).toString('base64')]), ...rest });
    } catch ({ name, message }) {
      write({ error: { name, message } });
    }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const result = JSON.parse(stdout) as
    | { error: { name: string; message: string } }
    | { files: [string, string][]; modules: BundledModule[]; warnings: string[] };
  if ('error' in result) throw Object.assign(new Error(result.error.message), { name: result.error.name });
  return { ...result, files: new Map(result.files.map(([name, content]) => [name, Buffer.from(content, 'base64')])) };
}
