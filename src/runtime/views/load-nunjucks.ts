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
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error("nunjucks() of 'twodoors/views' needs the package nunjucks. Install it: npm install nunjucks.", {
      cause: error,
    });
  }
}
