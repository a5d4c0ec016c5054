import library from 'nunjucks';
import { createEnvironment, type NunjucksLibrary, render } from './nunjucks-environment.js';
import { DEFAULT_FOLDER, type NunjucksOptions } from './nunjucks-options.js';
import { findViewProblem } from './view-check.js';
import type { ViewEngine } from './view-engine.js';
import { openViewFolder } from './view-folder.js';
import { missingView } from './view-names.js';

/**
 * Views in nunjucks, the Jinja of JavaScript: escaped unless a view says `| safe`, with inheritance, includes and
 * macros, Jinja's slices and `.items()`, and a `tojson` that may stand in a script element.
 *
 * With NODE_ENV `development` a changed file is seen at the next request, else each is compiled once. `twodoors build`
 * replaces this by the same engine over views compiled into the bundle.
 *
 * Views are code: never render a text that a user sent.
 *
 * @example
 * ```ts
 * export const app = defineApp({ controllers: [HomeController], views: nunjucks({ globals: { version: '1.2' } }) });
 * ```
 */
export function nunjucks(options: NunjucksOptions = {}): ViewEngine {
  const folder = openViewFolder(options.folder ?? DEFAULT_FOLDER, process.cwd());
  const noCache = process.env['NODE_ENV'] === 'development';
  const environment = createEnvironment(
    library as unknown as NunjucksLibrary,
    (name) => {
      const src = folder.read(name);
      return src === undefined ? null : { src, path: name, noCache };
    },
    options,
  );
  const hasFilter = (name: string) => {
    try {
      return environment.getFilter(name) !== undefined;
    } catch {
      return false;
    }
  };
  const compile = (name: string) => void environment.getTemplate(name, true);
  const surroundings = { read: folder.read, hasFilter, compile };
  return {
    findProblem: (view) => {
      const names = folder.list();
      if (names === undefined) {
        return `the folder of views, ${folder.name}, is not below ${process.cwd()}. Create it, or say where it is: nunjucks({ folder: 'views' }).`;
      }
      if (!names.includes(view)) return missingView(view, folder.name, names);
      return findViewProblem(view, surroundings);
    },
    render(view, values) {
      try {
        return render(environment, view, values);
      } catch (error) {
        // A view that was changed since it was checked: nunjucks names neither the file nor the line.
        const problem = noCache ? findViewProblem(view, surroundings) : undefined;
        throw problem === undefined ? error : new Error(`${folder.name}/${problem}`, { cause: error });
      }
    },
  };
}
