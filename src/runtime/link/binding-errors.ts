import type { HttpError } from '../http/errors/http-error.js';
import { BadRequestError, NotFoundError } from '../http/errors/http-errors.js';
import { detailOf, limitIssues } from '../http/errors/problem.js';
import type { BindingFailure } from './binding/binding-failure.js';

/** The error of a request that cannot be bound: it has every issue, up to a limit. */
export function bindingError(failures: readonly BindingFailure[], status: 400 | 404, maxErrors: number): HttpError {
  const errors = limitIssues(
    failures.flatMap(({ issues }) => issues),
    maxErrors,
  );
  const detail = detailOf(errors);
  return status === 404 ? new NotFoundError(detail, { errors }) : new BadRequestError(detail, { errors });
}
