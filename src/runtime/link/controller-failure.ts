import { nameOf } from '../declarations/class.js';
import { Mistakes } from '../declarations/mistakes.js';
import { StartupError } from '../startup-error.js';

/** A controller that could not be constructed, and why. */
export interface ControllerFailure {
  readonly type: unknown;
  readonly error: unknown;
}

/** Why a value is not a controller's instance. @param isConstructed whether `new` gave it, not the app's `resolve` */
export function noInstance(value: unknown, isConstructed: boolean): TypeError {
  if (!(value instanceof Promise)) return new TypeError(`resolve returned ${String(value)}, not an instance`);
  value.catch(() => {});
  return new TypeError(
    isConstructed
      ? 'its constructor returned a promise, and a constructor cannot be asynchronous. Do the asynchronous work in onStart, or in the methods'
      : "resolve returned a promise, and the app does not wait for it. Create the instance in onStart, or use @Controller('/', { scope: 'request' })",
  );
}

/** The error that keeps the app from starting. */
export function startupErrorOf(failures: readonly ControllerFailure[]): StartupError {
  const mistakes = new Mistakes();
  for (const { type, error } of failures) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.at({ controller: nameOf(type) }).add('controller-not-created', `it could not be created: ${reason}`);
  }
  return new StartupError(mistakes.found);
}
