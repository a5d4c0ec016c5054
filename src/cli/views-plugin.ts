import type { Plugin, ResolvedId } from 'rolldown';
import { createEnvironment, type NunjucksLibrary } from '../runtime/views/nunjucks-environment.js';
import { openViewFolder } from '../runtime/views/view-folder.js';
import { BuildError } from './build-error.js';
import type { Project } from './project.js';

const ENGINE = 'twodoors/views/precompiled';
const VIEWS = 'twodoors:views';

/**
 * Puts the views into the bundle, compiled: `twodoors/views` becomes the same engine over them, with nunjucks' slim
 * runtime. An app that does not import `twodoors/views` gets nothing of it.
 */
export function viewsPlugin(project: Project): Plugin {
  let engine: ResolvedId | null;
  return {
    name: 'twodoors:views',
    async resolveId(source, importer) {
      if (source === ENGINE && importer === VIEWS) return engine;
      if (source !== 'twodoors/views') return null;
      engine = await this.resolve(ENGINE, importer);
      return VIEWS;
    },
    async load(id) {
      if (id !== VIEWS) return null;
      const folders: string[] = [];
      for (const folder of project.views)
        folders.push(`${JSON.stringify(folder)}: ${await compileFolder(project, folder)}`);
      return (
        `import { precompiledNunjucks } from '${ENGINE}';\n` +
        `export const nunjucks = precompiledNunjucks({ ${folders.join(',\n')} });\n`
      );
    },
  };
}

/**
 * Compiles a folder of views to the source of an object of them.
 *
 * @throws BuildError for a folder that is not there, and for every view with a mistake
 */
export async function compileFolder(project: Project, name: string): Promise<string> {
  const [nunjucks, { findViewMistake }] = await loadCompiler();
  const folder = openViewFolder(name, project.root);
  const views = folder.list();
  if (views === undefined) {
    throw new BuildError(
      `The app imports twodoors/views, and there is no folder ${name} in ${project.root}. Create it, or say where the views are: twodoors build --views FOLDER.`,
    );
  }
  const environment = createEnvironment(nunjucks as unknown as NunjucksLibrary, () => null, {});
  const compile = (view: string, source: string) =>
    nunjucks.precompileString(source, {
      name: view,
      env: environment as unknown as InstanceType<typeof nunjucks.Environment>,
      wrapper: (templates) => (templates as unknown as { template: string }[])[0]!.template,
    });
  const mistakes: string[] = [];
  const compiled: string[] = [];
  for (const view of views) {
    // Filters are given when the app runs: only then is it known which there are.
    const problem = findViewMistake(view, { read: folder.read, hasFilter: () => true, compile });
    if (problem !== undefined) mistakes.push(`  ${name}/${problem}`);
    else compiled.push(`${JSON.stringify(view)}: (() => {${compile(view, folder.read(view)!)}})()`);
  }
  if (mistakes.length > 0) {
    throw new BuildError(`The views cannot be built in:\n${[...new Set(mistakes)].join('\n')}`);
  }
  return `{${compiled.join(',\n')}}`;
}

async function loadCompiler() {
  try {
    return [(await import('nunjucks')).default, await import('../runtime/views/view-check.js')] as const;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new BuildError(
      'The app imports twodoors/views, and nunjucks is not installed. Install it: npm install nunjucks.',
    );
  }
}
