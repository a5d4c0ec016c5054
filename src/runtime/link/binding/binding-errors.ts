import type { HttpError } from '../../http/errors/http-error.js';
import { BadRequestError, NotFoundError } from '../../http/errors/http-errors.js';
import { detailOf, limitIssues } from '../../http/errors/problem.js';
import type { HttpRequest } from '../../http/http-request.js';
import { isFailure } from './failure-mark.js';
import type { LinkedArgument } from './linked-argument.js';
import { bindScalar } from './scalar-argument.js';

/**
 * The error of arguments of which some are failures: it has every issue, up to a limit. A value of the path that cannot be
 * converted makes it a 404, whatever else is wrong.
 */
export function bindingError(args: readonly unknown[], maxErrors: number): HttpError {
  const failures = args.filter(isFailure);
  const ofPath = failures.filter(({ status }) => status === 404);
  const errors = limitIssues(
    (ofPath.length > 0 ? ofPath : failures).flatMap(({ issues }) => issues),
    maxErrors,
  );
  const detail = detailOf(errors);
  return ofPath.length > 0 ? new NotFoundError(detail, { errors }) : new BadRequestError(detail, { errors });
}

/** The 404 of a path with values that cannot be converted. It is known that there is one. */
export function pathError(binders: readonly LinkedArgument[], request: HttpRequest, maxErrors: number): HttpError {
  const values = binders.map((bind) =>
    typeof bind === 'function' ? bind(request, undefined) : bindScalar(bind, request),
  );
  return bindingError(values, maxErrors);
}
