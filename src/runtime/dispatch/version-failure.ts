import { StartupError } from '../startup-error.js';

/** The error that keeps an app from starting in a process with several versions of twodoors. */
export function versionFailure(conflict: string): StartupError {
  return new StartupError([{ code: 'several-versions', message: conflict }]);
}
