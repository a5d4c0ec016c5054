import { bootstrapOf } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import { type PublicFiles, readPublicFiles } from '../project/public-files.js';
import { bundleModule, type ModuleBundle } from './bundle-module.js';
import { assertOneInstalledVersion } from './installed-versions.js';
import { builtFilesModule } from './plugins/built-files-plugin.js';

/**
 * Compiles the Koa door, and adds the static files of `public/`. Writes nothing.
 *
 * @throws CommandError if the door cannot be compiled, or its packages load several versions of twodoors
 */
export async function bundleServer(project: Project): Promise<ModuleBundle> {
  const publicFiles = readPublicFiles(project);
  const { files, imports, warnings } = await bundleModule(project, bootstrapOf(project, 'koa'), {
    canSplit: true,
    ...preludeOf(publicFiles),
  });
  await assertOneInstalledVersion(project, imports);
  return {
    files: new Map([...files, ...publicFiles.files]),
    imports,
    warnings: [...warnings, ...publicFiles.warnings],
  };
}

/** The option that tells an app which files a build has put beside it. */
export function preludeOf({ roots }: PublicFiles): { readonly prelude: string } {
  return { prelude: builtFilesModule(roots) };
}
