import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App } from '../../runtime/app.js';
import { bundleModule } from '../bundle/bundle-module.js';
import { writeFolder } from '../bundle/files/write-folder.js';
import { CommandError } from '../command-error.js';
import { printWarnings } from '../warnings.js';
import { environmentWithFile } from './env-file.js';
import type { Project } from './project.js';
import { readPublicFiles } from './public-files.js';

/**
 * Compiles and loads the module that exports an app, to read the app and not to run it: as in a build, the app's secrets may be
 * missing. What the app prints goes to the standard error, since the standard output belongs to the command.
 *
 * @param file relative to the current folder
 * @throws CommandError if the module is missing, cannot be compiled, throws, or exports no app
 */
export async function loadApp(project: Project, file: string): Promise<App> {
  if (!existsSync(file)) throw new CommandError(`There is no ${file}. Name the module that exports the app.`);
  const { files, warnings } = await bundleModule(project, resolve(file));
  const publicFiles = readPublicFiles(project);
  printWarnings([...warnings, ...publicFiles.warnings]);
  // After the build, which must not depend on .env.
  Object.assign(process.env, environmentWithFile(project));
  process.env['NODE_ENV'] ??= 'production';
  (globalThis as Record<symbol, unknown>)[Symbol.for('twodoors.command')] = 'build';
  console.log = console.info = console.debug = console.error;
  // Inside the project, so that Node.js finds its packages.
  const build = join(project.root, 'build');
  mkdirSync(build, { recursive: true });
  const folder = mkdtempSync(join(build, 'app-'));
  try {
    writeFolder(folder, new Map([...files, ...publicFiles.files]));
    return exportedApp((await import(pathToFileURL(join(folder, 'index.js')).href)) as object, file);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} throws an error: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The app that a module exports. @throws CommandError if it exports none */
export function exportedApp({ app }: { readonly app?: unknown }, file: string): App {
  if (typeof app === 'object' && app !== null && 'options' in app) return app as App;
  throw new CommandError(`${file} does not export an "app". Write: export const app = defineApp({ … }).`);
}
