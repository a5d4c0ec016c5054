import type { HttpRequest } from '../../http/http-request.js';
import { loadBindingErrors } from './binding-errors.lazy.js';
import { isFailure } from './failure-mark.js';
import type { LinkedArgument } from './linked-argument.js';
import { bindScalar } from './scalar-argument.js';

/** Throws a 404 where a value of the path cannot be converted: before the body is read, and before any other binder runs. */
export function assertPath(pathBinders: readonly LinkedArgument[], request: HttpRequest, maxErrors: number): void {
  for (const bind of pathBinders) {
    const value = typeof bind === 'function' ? bind(request, undefined) : bindScalar(bind, request);
    if (isFailure(value) && value.status === 404) throw loadBindingErrors().pathError(pathBinders, request, maxErrors);
  }
}
