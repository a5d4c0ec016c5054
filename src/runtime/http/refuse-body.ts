import type { RefuseBody } from './body.js';
import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';

/** The error of a body that is refused, for what imports no errors itself. */
export const refuseBody: RefuseBody = (status, message, cause) =>
  status === 400 ? new BadRequestError(message, { cause }) : new HttpError(status, message);
