import { bootstrapOf } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import { readPublicFiles } from '../project/public-files.js';
import { bundleModule, type ModuleBundle } from './bundle-module.js';

/**
 * Compiles the Koa door, and adds the static files of `public/`. Writes nothing.
 *
 * @throws CommandError if the door cannot be compiled
 */
export async function bundleServer(project: Project): Promise<ModuleBundle> {
  const { files, warnings } = await bundleModule(project, bootstrapOf(project, 'koa'), { canSplit: true });
  const publicFiles = readPublicFiles(project);
  return { files: new Map([...files, ...publicFiles.files]), warnings: [...warnings, ...publicFiles.warnings] };
}
