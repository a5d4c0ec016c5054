import { type BindingIssue, HttpError, type HttpErrorOptions } from './http-error.js';
import { BadRequestError } from './http-errors.js';

export { reasonPhrase } from './reason-phrase.js';

// The errors that requests end with. They are apart, since most requests need no class of errors: whatever is loaded for
// requests that may succeed makes its errors here.

/** Makes an {@link HttpError}. */
export function httpError(status: number, message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(status, message, options);
}

/** The mistakes of a thrown value that is a 400; undefined where it has none. */
export function mistakesIn(thrown: unknown): readonly BindingIssue[] | undefined {
  return thrown instanceof HttpError && thrown.status === 400 ? thrown.errors : undefined;
}

/** The error for a refused body. */
export function refusedBody(status: 400 | 413 | 415, message: string, cause?: unknown): HttpError {
  return status === 400 ? new BadRequestError(message, { cause }) : new HttpError(status, message);
}

/** The error for a body whose coding nothing here undoes. */
export function unsupportedCoding(): HttpError {
  return new HttpError(415, 'The content-encoding of the body is not supported', {
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
}

/** Why the signal of a request fires when its client has left. */
export function clientLeft(): HttpError {
  return new HttpError(499, 'The client left');
}
