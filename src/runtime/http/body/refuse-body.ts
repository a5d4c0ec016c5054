import { loadRequestErrors } from '../errors/request-errors.lazy.js';

/**
 * Makes the error for a refused body. A function that takes this as a parameter need not import error classes: its file can
 * be separate in a bundle, where a class in two files would be two classes.
 */
export type RefuseBody = (status: 400 | 413 | 415, message: string, cause?: unknown) => Error;

/** Makes the error for a refused body; its class is loaded for the first one. */
export const refuseBody: RefuseBody = (status, message, cause) =>
  loadRequestErrors().refusedBody(status, message, cause);
