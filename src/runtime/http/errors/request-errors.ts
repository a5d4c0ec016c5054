import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';

// The errors that reading a request ends with. They are apart, since most requests need no class of errors.

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
