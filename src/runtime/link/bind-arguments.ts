import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import type { ParsedBody } from './binding/body/parsed-body.js';
import { isFailure } from './binding/failure-mark.js';
import type { LinkedArguments } from './binding/link-arguments.js';
import { bindScalar } from './binding/scalar-argument.js';
import { loadBindingErrors } from './binding-errors.lazy.js';

/** Makes the arguments of a request. @throws HttpError 400 with every mistake */
export function bindArguments(
  binders: LinkedArguments['binders'],
  request: HttpRequest,
  body: ParsedBody | undefined,
  maxErrors: number,
): unknown[] | Promise<unknown[]> {
  const args = new Array<unknown>(binders.length);
  let isAsync = false;
  let hasFailed = false;
  try {
    for (let i = 0; i < binders.length; i++) {
      const binder = binders[i];
      if (binder === undefined) continue;
      const value = typeof binder === 'function' ? binder(request, body) : bindScalar(binder, request);
      args[i] = value;
      if (isFailure(value)) hasFailed = true;
      else if (isThenable(value)) isAsync = true;
    }
  } catch (error) {
    // Binders already under way may reject later: without this, such a rejection would end the process.
    if (isAsync) Promise.allSettled(args);
    throw error;
  }
  if (isAsync) return assertBoundLater(args, maxErrors);
  return hasFailed ? assertBound(args, maxErrors) : args;
}

/** Throws a 404 where a value of the path cannot be converted: before the body is read, and before any other binder runs. */
export function assertPath({ pathBinders, maxErrors }: LinkedArguments, request: HttpRequest): void {
  for (const bind of pathBinders) {
    const value = typeof bind === 'function' ? bind(request, undefined) : bindScalar(bind, request);
    if (isFailure(value) && value.status === 404) {
      throw loadBindingErrors().pathError(pathBinders, request, maxErrors);
    }
  }
}

/** Apart, since a function with closures allocates for them in each call. */
function assertBoundLater(args: unknown[], maxErrors: number): Promise<unknown[]> {
  return Promise.all(args).then((bound) => assertBound(bound, maxErrors));
}

/** Returns the arguments if all are bound; else throws one 400 with every mistake. */
function assertBound(args: unknown[], maxErrors: number): unknown[] {
  const failures = args.filter(isFailure);
  if (failures.length === 0) return args;
  throw loadBindingErrors().bindingError(failures, 400, maxErrors);
}
