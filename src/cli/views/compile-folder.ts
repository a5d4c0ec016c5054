import { builtInView, FORMS_VIEW_NAME } from '../../runtime/views/forms-view.js';
import { createEnvironment, type NunjucksLibrary } from '../../runtime/views/nunjucks-environment.js';
import { openViewFolder } from '../../runtime/views/view-folder.js';
import { missingNunjucks } from '../bundle/missing-nunjucks.js';
import { CommandError } from '../command-error.js';

/**
 * Compiles a folder of views to the source code of an object with one property for each view.
 *
 * @param root the folder that the name is relative to
 * @throws CommandError if the folder does not exist, and with every view that has a mistake
 */
export async function compileFolder(root: string, name: string): Promise<string> {
  const [nunjucks, { findViewMistake, readViewLinks }] = await loadCompiler();
  const folder = openViewFolder(name, root);
  const views = folder.list();
  if (views === undefined) {
    throw new CommandError(
      `The app imports twodoors/views, but there is no folder ${name} in ${root}. Create it, or name the folder of your views: twodoors build --views FOLDER, or precompileViews({ folders: ['FOLDER'] }).`,
    );
  }
  const environment = createEnvironment(nunjucks as unknown as NunjucksLibrary, () => null, {});
  const compile = (view: string, source: string) =>
    nunjucks.precompileString(source, {
      name: view,
      env: environment as unknown as InstanceType<typeof nunjucks.Environment>,
      wrapper: (templates) => (templates as unknown as { template: string }[])[0]!.template,
    });
  const read = (view: string) => folder.read(view) ?? builtInView(view);
  const mistakes: string[] = [];
  const compiled: string[] = [];
  const all = new Set(views);
  for (const view of all) {
    // The app adds its filters when it runs; the build does not know them.
    const problem = findViewMistake(view, { read, hasFilter: () => true, compile });
    if (problem !== undefined) mistakes.push(`  ${name}/${problem}`);
    else {
      const source = read(view)!;
      const { urls, views: others } = readViewLinks(view, source);
      // It comes with the bundle where a view imports it.
      if (others.includes(FORMS_VIEW_NAME)) all.add(FORMS_VIEW_NAME);
      const code = `(() => {${compile(view, source)}})()`;
      const links = urls.length + others.length === 0 ? '' : `, ${JSON.stringify({ links: { urls, views: others } })}`;
      compiled.push(`${JSON.stringify(view)}: ${links === '' ? code : `Object.assign(${code}${links})`}`);
    }
  }
  if (mistakes.length > 0) {
    throw new CommandError(`These views cannot be built:\n${[...new Set(mistakes)].join('\n')}`);
  }
  return `{${compiled.join(',\n')}}`;
}

async function loadCompiler() {
  try {
    return [(await import('nunjucks')).default, await import('../../runtime/views/checks/view-check.js')] as const;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw missingNunjucks();
  }
}
