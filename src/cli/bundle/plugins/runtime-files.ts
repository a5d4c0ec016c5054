import { dirname, sep } from 'node:path';
import type { PluginContext } from 'rolldown';
import { bootstrapOf, hasDoor } from '../../project/bootstrap.js';
import type { Project } from '../../project/project.js';

/** Recognises the files of the project's own copy of twodoors' runtime. */
export interface RuntimeFiles {
  /** Whether a module belongs to it. */
  has(context: PluginContext, id: string | undefined): Promise<boolean>;
  /** The module that `import 'twodoors'` in the project leads to; undefined if it cannot be resolved. */
  entry(context: PluginContext): Promise<string | undefined>;
}

/** Finds twodoors' runtime when it is first needed. */
export function runtimeFiles(project: Project): RuntimeFiles {
  let found: Promise<string | undefined> | undefined;
  const entry = async (context: PluginContext) => {
    found ??= findEntry(context, bootstrapOf(project, hasDoor(project, 'lambda') ? 'lambda' : 'koa'));
    return found;
  };
  return {
    entry,
    async has(context, id) {
      if (id === undefined) return false;
      const path = await entry(context);
      return path !== undefined && id.startsWith(dirname(path) + sep);
    },
  };
}

async function findEntry(context: PluginContext, importer: string): Promise<string | undefined> {
  return (await context.resolve('twodoors', importer, { skipSelf: true }))?.id;
}
