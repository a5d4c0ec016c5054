import type { RefuseBody } from './body.js';
import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';

/** Makes the error for a refused body, for files that do not import error classes themselves. */
export const refuseBody: RefuseBody = (status, message, cause) =>
  status === 400 ? new BadRequestError(message, { cause }) : new HttpError(status, message);
