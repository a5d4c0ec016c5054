import { findViewMistake, readViewLinks } from './checks/view-check.js';
import { findLinkMistake } from './checks/view-links.js';
import { builtInView } from './forms-view.js';
import { loadNunjucks } from './load-nunjucks.js';
import { createEnvironment, type NunjucksLibrary } from './nunjucks-environment.js';
import { DEFAULT_FOLDER, type NunjucksOptions } from './nunjucks-options.js';
import { registeredViews } from './registered-views.js';
import { createRenderer } from './renderer.js';
import type { ViewEngine } from './view-engine.js';
import { describeViewFailure } from './view-failure.js';
import { openViewFolder } from './view-folder.js';
import { missingView } from './view-names.js';

/**
 * Renders views with nunjucks, the Jinja of JavaScript: values are escaped unless a view says `| safe`; inheritance,
 * includes, macros, Jinja's slices and `.items()` work; `tojson` is safe in a script element.
 *
 * With NODE_ENV `development` a changed file takes effect at the next request; otherwise each view is compiled once.
 * `twodoors build` replaces this function by one whose views are compiled into the bundle. Other bundlers need the module that
 * `precompileViews` of `twodoors/build` writes; where it was imported before, its views are rendered.
 *
 * Views are code: never render text that a user has sent.
 *
 * @param options the folder of views (default: `src/views`), filters, globals, and values for each request
 * @throws Error where the package nunjucks is not installed, TypeError for a global with the name of a built-in value
 *
 * @example
 * ```ts
 * export const app = defineApp({ controllers: [HomeController], views: nunjucks({ globals: { version: '1.2' } }) });
 * ```
 */
export function nunjucks(options: NunjucksOptions = {}): ViewEngine {
  const create = registeredViews();
  if (create !== undefined) return create(options);
  const folder = openViewFolder(options.folder ?? DEFAULT_FOLDER, process.cwd());
  const read = (name: string) => folder.read(name) ?? builtInView(name);
  const noCache = process.env['NODE_ENV'] === 'development';
  const environment = createEnvironment(
    loadNunjucks() as unknown as NunjucksLibrary,
    (name) => {
      const src = read(name);
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
  const linksOf = (name: string) => {
    const text = read(name);
    return text === undefined ? undefined : readViewLinks(name, text);
  };
  let names: readonly string[] | undefined;
  const source = { read, hasFilter, compile };
  return {
    findMistake: (view, checkRoute) => {
      const names = folder.list();
      if (names === undefined) {
        return `the folder of views, ${folder.name}, does not exist in ${process.cwd()}. Create it, or pass another: nunjucks({ folder: 'views' }).`;
      }
      if (!names.includes(view)) return missingView(view, folder.name, names);
      return findViewMistake(view, source) ?? (checkRoute && findLinkMistake(view, linksOf, checkRoute));
    },
    list: () => {
      // Outside of development a folder does not change.
      if (noCache || names === undefined) names = folder.list() ?? [];
      return names;
    },
    render: createRenderer(environment, options, (error, view) => {
      // nunjucks names neither the file nor the line of a view that has changed since it was checked.
      const mistake = noCache ? findViewMistake(view, source) : undefined;
      if (mistake !== undefined) return new Error(`${folder.name}/${mistake}`, { cause: error });
      return describeViewFailure(error, folder.name, (name) =>
        /\{%-?\s*(?:from|import)\b/.test(folder.read(name) ?? ''),
      );
    }),
  };
}
