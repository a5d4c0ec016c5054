import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import type { Binder } from './binding/binder.js';
import { BindingFailure } from './binding/binding-failure.js';
import type { ParsedBody } from './binding/body-parser.js';
import type { LinkedArguments } from './binding/link-arguments.js';
import { loadBindingErrors } from './binding-errors.lazy.js';

/** Makes the arguments of a request. @throws HttpError 400 with every mistake */
export function bindArguments(
  binders: readonly (Binder | undefined)[],
  request: HttpRequest,
  body: ParsedBody | undefined,
  maxErrors: number,
): unknown[] | Promise<unknown[]> {
  const args = new Array<unknown>(binders.length);
  let isAsync = false;
  let hasFailed = false;
  try {
    for (let i = 0; i < binders.length; i++) {
      const value = binders[i]?.(request, body);
      args[i] = value;
      if (value instanceof BindingFailure) hasFailed = true;
      else if (isThenable(value)) isAsync = true;
    }
  } catch (error) {
    // Binders already under way may reject later: without this, such a rejection would end the process.
    if (isAsync) Promise.allSettled(args);
    throw error;
  }
  if (isAsync) return Promise.all(args).then((bound) => assertBound(bound, maxErrors));
  return hasFailed ? assertBound(args, maxErrors) : args;
}

/** Throws a 404 where a value of the path cannot be converted: before the body is read, and before any other binder runs. */
export function assertPath({ pathBinders, maxErrors }: LinkedArguments, request: HttpRequest): void {
  if (pathBinders.length === 0) return;
  const failures = pathBinders.map((bind) => bind(request, undefined)).filter(isMissingPage);
  if (failures.length > 0) throw loadBindingErrors().bindingError(failures, 404, maxErrors);
}

function isMissingPage(value: unknown): value is BindingFailure {
  return value instanceof BindingFailure && value.status === 404;
}

/** Returns the arguments if all are bound; else throws one 400 with every mistake. */
function assertBound(args: unknown[], maxErrors: number): unknown[] {
  const failures = args.filter((value): value is BindingFailure => value instanceof BindingFailure);
  if (failures.length === 0) return args;
  throw loadBindingErrors().bindingError(failures, 400, maxErrors);
}
