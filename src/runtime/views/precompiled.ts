import { posix } from 'node:path';
import library from 'nunjucks/browser/nunjucks-slim.js';
import { type CompiledView, createEnvironment, type NunjucksLibrary, render } from './nunjucks-environment.js';
import { DEFAULT_FOLDER, type NunjucksOptions } from './nunjucks-options.js';
import type { ViewEngine } from './view-engine.js';
import { missingView } from './view-names.js';

/** Views by name, of each folder that a bundle was built with; a folder's name is relative to the project. */
export type PrecompiledFolders = Readonly<Record<string, Readonly<Record<string, CompiledView>>>>;

/**
 * Makes the `nunjucks` of `twodoors/views` over views that were compiled when the bundle was built: the same function,
 * with neither files nor a compiler behind it. `twodoors build` calls this; an app does not.
 */
export function precompiledNunjucks(folders: PrecompiledFolders): (options?: NunjucksOptions) => ViewEngine {
  return (options = {}) => {
    const name = options.folder ?? DEFAULT_FOLDER;
    const key = posix.normalize(name.replaceAll('\\', '/')).replace(/\/$/, '');
    const views = Object.hasOwn(folders, key) ? folders[key] : undefined;
    const environment = createEnvironment(
      library as NunjucksLibrary,
      (view) =>
        views !== undefined && Object.hasOwn(views, view)
          ? { src: { type: 'code', obj: views[view]! }, path: view, noCache: false }
          : null,
      options,
    );
    return {
      findProblem: (view) => {
        if (views === undefined) {
          const built = Object.keys(folders).join(', ') || 'none';
          return `the folder of views, ${name}, is not in this bundle, which was built with ${built}. Build it in: twodoors build --views ${name}.`;
        }
        return Object.hasOwn(views, view) ? undefined : missingView(view, name, Object.keys(views));
      },
      render: (view, values) => render(environment, view, values),
    };
  };
}
