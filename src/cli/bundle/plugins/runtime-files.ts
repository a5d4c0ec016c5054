import { dirname, sep } from 'node:path';
import type { PluginContext } from 'rolldown';
import { bootstrapOf } from '../../project/bootstrap.js';
import type { Project } from '../../project/project.js';

/** Recognises the files of the project's own copy of twodoors' runtime. */
export interface RuntimeFiles {
  /** Whether a module belongs to it. */
  has(context: PluginContext, id: string | undefined): Promise<boolean>;
}

/** Finds the folder of twodoors' runtime when it is first needed: the one that `import 'twodoors'` in the project leads to. */
export function runtimeFiles(project: Project): RuntimeFiles {
  let folder: Promise<string | undefined> | undefined;
  return {
    async has(context, id) {
      if (id === undefined) return false;
      folder ??= findFolder(context, bootstrapOf(project, 'lambda'));
      const found = await folder;
      return found !== undefined && id.startsWith(found);
    },
  };
}

async function findFolder(context: PluginContext, importer: string): Promise<string | undefined> {
  const entry = await context.resolve('twodoors', importer, { skipSelf: true });
  return entry === null ? undefined : dirname(entry.id) + sep;
}
