import type { HttpRequest } from './http-request.js';

/**
 * Takes what a handler returned, and gives what becomes the reply in its place: an envelope, a value without secret
 * members. It may be asynchronous, and may throw. Its own parameter may have any type: it gets what the handlers return.
 *
 * @example
 * ```ts
 * const envelope: Interceptor = (value) => ({ data: value });
 * ```
 */
export type Interceptor = InterceptorMethod['intercept'];

/** A method, since TypeScript lets its parameter be of a narrower type: `(todo: Todo) => …`. */
interface InterceptorMethod {
  intercept(value: unknown, request: HttpRequest): unknown;
}
