import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CommandError } from '../command-error.js';

/**
 * Fails with the fix if an app imports twodoors/views, but nunjucks is not installed.
 *
 * @param views the path of the module that `twodoors/views` leads to; nunjucks is looked up where Node.js looks for it
 */
export function checkNunjucks(views: string): void {
  try {
    createRequire(realpathSync(views)).resolve('nunjucks');
  } catch {
    throw missingNunjucks();
  }
}

/** The error for an app that imports twodoors/views without nunjucks. */
export function missingNunjucks(): CommandError {
  return new CommandError(
    'The app imports twodoors/views, but nunjucks is not installed. Install it: npm install nunjucks.',
  );
}
