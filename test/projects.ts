import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions } from '../src/cli/bundle/bundle-lambda.js';
import type { BundledModule } from '../src/cli/bundle/bundled-module.js';
import { AskedProcess } from './asked-process.js';

/** This repository. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The bootstrap files of a project whose app is `src/app.ts`. */
export const BOOTSTRAPS = {
  'src/bootstrap-koa.ts':
    "import { serve } from 'twodoors/koa'; import { app } from './app.js'; await serve(app, { port: 0 });",
  'src/bootstrap-lambda.ts':
    "import { createHandler } from 'twodoors/lambda'; import { app } from './app.js'; export const handler = createHandler(app);",
};

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

/** A bundle that was built. */
export interface BuiltBundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly modules: readonly BundledModule[];
  readonly warnings: readonly string[];
}

/**
 * Bundles a door of a project with the compiled command. Rejects with the message and the name of what it threw.
 *
 * The bundler does not run in Jest's realm, so it runs in a separate process.
 */
export async function bundle(root: string, door: 'lambda' | 'server'): Promise<BuiltBundle> {
  const [built] = await bundleAll([root], door);
  if (built instanceof Error) throw built;
  return built!;
}

const bundler = new AskedProcess('bundle-doors.js');

/** Bundles a door of each project in one process, which is faster than one process each; see bundle-doors.js. */
export async function bundleAll(
  roots: readonly string[],
  door: 'lambda' | 'server',
  options: BundleOptions = {},
): Promise<(BuiltBundle | Error)[]> {
  const results = (await bundler.ask({ roots, door, options }, roots.length)) as (
    | { error: { name: string; message: string } }
    | { files: [string, string][]; modules: BundledModule[]; warnings: string[] }
  )[];
  return results.map((result) =>
    'error' in result
      ? Object.assign(new Error(result.error.message), { name: result.error.name })
      : { ...result, files: new Map(result.files.map(([name, content]) => [name, Buffer.from(content, 'base64')])) },
  );
}
