import { bootstrapOf } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import { readPublicFiles } from '../project/public-files.js';
import { bundleModule, type ModuleBundle } from './bundle-module.js';
import { assertOneInstalledVersion } from './installed-versions.js';

/**
 * Compiles the Koa door, and adds the static files of `public/`. Writes nothing.
 *
 * @throws CommandError if the door cannot be compiled, or its packages load several versions of twodoors
 */
export async function bundleServer(project: Project): Promise<ModuleBundle> {
  const { files, imports, warnings } = await bundleModule(project, bootstrapOf(project, 'koa'), { canSplit: true });
  await assertOneInstalledVersion(project, imports);
  const publicFiles = readPublicFiles(project);
  return {
    files: new Map([...files, ...publicFiles.files]),
    imports,
    warnings: [...warnings, ...publicFiles.warnings],
  };
}
