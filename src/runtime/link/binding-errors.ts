import type { HttpError } from '../http/errors/http-error.js';
import { BadRequestError, NotFoundError } from '../http/errors/http-errors.js';
import { detailOf, limitIssues } from '../http/errors/problem.js';
import type { HttpRequest } from '../http/http-request.js';
import type { BindingFailure } from './binding/binding-failure.js';
import { isFailure } from './binding/failure-mark.js';
import type { LinkedArgument } from './binding/linked-argument.js';
import { bindScalar } from './binding/scalar-argument.js';

/** The error of a request that cannot be bound: it has every issue, up to a limit. */
export function bindingError(failures: readonly BindingFailure[], status: 400 | 404, maxErrors: number): HttpError {
  const errors = limitIssues(
    failures.flatMap(({ issues }) => issues),
    maxErrors,
  );
  const detail = detailOf(errors);
  return status === 404 ? new NotFoundError(detail, { errors }) : new BadRequestError(detail, { errors });
}

/** The 404 of a path with values that cannot be converted. It is known that there is one. */
export function pathError(binders: readonly LinkedArgument[], request: HttpRequest, maxErrors: number): HttpError {
  const failures = binders
    .map((bind) => (typeof bind === 'function' ? bind(request, undefined) : bindScalar(bind, request)))
    .filter((value): value is BindingFailure => isFailure(value) && value.status === 404);
  return bindingError(failures, 404, maxErrors);
}
