import { createRequire } from 'node:module';
import type * as nunjucks from 'nunjucks';

/**
 * Loads nunjucks, which the app's author installs.
 *
 * @throws Error that says how, where it is not installed
 */
export function loadNunjucks(): typeof nunjucks {
  try {
    return createRequire(import.meta.url)('nunjucks') as typeof nunjucks;
  } catch (error) {
    // A bundle in CommonJS has no import.meta.url.
    const isMissing = ['MODULE_NOT_FOUND', 'ERR_INVALID_ARG_VALUE'].includes(
      (error as NodeJS.ErrnoException).code ?? '',
    );
    if (!isMissing) throw error;
    throw new Error(
      "nunjucks() of 'twodoors/views' needs the package nunjucks. Install it: npm install nunjucks. In the bundle of another " +
        "bundler than twodoors build, import the module that precompileViews() of 'twodoors/build' writes before the app.",
      { cause: error },
    );
  }
}
