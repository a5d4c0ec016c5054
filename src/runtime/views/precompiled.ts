import { posix } from 'node:path';
import library from 'nunjucks/browser/nunjucks-slim.js';
import { findLinkMistake, type ViewLinks } from './checks/view-links.js';
import { type CompiledView, createEnvironment, type NunjucksLibrary } from './nunjucks-environment.js';
import { DEFAULT_FOLDER, type NunjucksOptions } from './nunjucks-options.js';
import { registerViews } from './registered-views.js';
import { createRenderer } from './renderer.js';
import type { ViewEngine } from './view-engine.js';
import { describeViewFailure } from './view-failure.js';
import { missingView } from './view-names.js';

/** The views of each folder in a bundle, by name; a folder's name is relative to the project. */
export type PrecompiledFolders = Readonly<
  Record<string, Readonly<Record<string, CompiledView & { readonly links?: ViewLinks }>>>
>;

/**
 * Makes the `nunjucks` function of `twodoors/views` for a bundle that contains the compiled views: it needs neither files
 * nor a compiler. `twodoors build` calls this; an app does not.
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
      findMistake: (view, checkRoute) => {
        if (views === undefined) {
          const built = Object.keys(folders).join(', ') || 'no views';
          return `the folder of views, ${name}, is not in this bundle, which has ${built}. Add it: twodoors build --views ${name}, or precompileViews({ folders: ['${name}'] }).`;
        }
        if (!Object.hasOwn(views, view)) return missingView(view, name, Object.keys(views));
        return checkRoute && findLinkMistake(view, (other) => views[other]?.links, checkRoute);
      },
      list: () => Object.keys(views ?? {}),
      render: createRenderer(environment, options, (error) =>
        // A compiled view calls getExported where it imports macros.
        describeViewFailure(error, name, (view) => String(views?.[view]?.['root']).includes('getExported(')),
      ),
    };
  };
}

/**
 * Makes `nunjucks` of `twodoors/views` render these compiled views from now on. The module that `precompileViews` of
 * `twodoors/build` writes calls this; an app does not.
 */
export function registerPrecompiledViews(folders: PrecompiledFolders): void {
  registerViews(precompiledNunjucks(folders));
}
