import { VERSION } from '../identity/copies.js';
import { type Copy, versionConflictOf } from '../identity/version-conflict.js';
import { StartupError } from '../startup-error.js';

/** Keeps an app from starting in a process with several versions of twodoors. @throws StartupError */
export function refuseOtherVersions(copies: readonly Copy[]): void {
  if (copies.every(({ version }) => version === VERSION)) return;
  throw new StartupError([{ code: 'several-versions', message: versionConflictOf(copies) }]);
}

/** Throws the error for what is not an app, such as the import of one of two files that import each other. */
export function refuseApp(value: unknown): never {
  const kind = value === undefined || value === null ? String(value) : `a value of type ${typeof value}`;
  const message = `the door got ${kind} in place of an app. Pass what defineApp() returns; check its name where it is imported, and whether two files import each other.`;
  throw new StartupError([{ code: 'not-an-app', message }]);
}
