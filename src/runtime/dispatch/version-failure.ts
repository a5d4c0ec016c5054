import { findVersionConflict } from '../identity/version-conflict.js';
import { StartupError } from '../startup-error.js';

/** The error that keeps an app from starting in a process with several versions of twodoors. */
export function versionFailure(): StartupError {
  return new StartupError([{ code: 'several-versions', message: findVersionConflict() }]);
}
