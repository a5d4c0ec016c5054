import type { HttpRequest } from './http-request.js';
import { ownBody, ownResult } from './reply/body-owner.js';
import { HttpReply } from './reply/http-reply.js';
import { lateReplies, settleLate } from './reply/late-reply.js';
import { normaliseReply } from './reply/normal-reply.js';
import { toReply } from './reply/to-reply.js';

/** Replies to a request: a route's handler, or middleware with all that it wraps. */
export type RequestHandler = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/**
 * Wraps a handler: it may reply itself, or continue with `next()` and change the reply that comes back. It runs before the
 * body is read and before arguments are bound, the same at every door.
 *
 * On a class or a method, `next()` rejects with what the handler threw. In the app's `use:`, which wraps every reply of
 * the app, `next()` always gives a reply; its `error` is what was thrown.
 *
 * @example
 * ```ts
 * const timing: Middleware = async (request, next) => {
 *   const reply = await next();
 *   reply.headers['server-timing'] = 'app';
 *   return reply;
 * };
 * ```
 */
export type Middleware = (
  request: HttpRequest,
  next: () => Promise<HttpReply>,
) => MiddlewareResult | Promise<MiddlewareResult>;

/** A reply, or a value that becomes one like a handler's result. `undefined` is an error. */
export type MiddlewareResult = HttpReply | string | number | boolean | Record<string, unknown> | readonly unknown[];

/** Makes the reply to an error. Never throws and never rejects. */
export type Recover = (error: unknown, request: HttpRequest) => HttpReply | Promise<HttpReply>;

/**
 * Wraps a handler in middleware; the first is the outermost.
 *
 * @param recover makes a reply of what a middleware throws, so that those around it get a reply. Default: it is thrown
 */
export function composeMiddleware(
  uses: readonly Middleware[],
  handler: RequestHandler,
  recover?: Recover,
): RequestHandler {
  let composed = handler;
  for (const middleware of uses.toReversed()) composed = applyMiddleware(middleware, composed, recover);
  return composed;
}

function applyMiddleware(middleware: Middleware, inner: RequestHandler, recover: Recover | undefined): RequestHandler {
  return function replyThrough(request) {
    return runMiddleware(middleware, inner, recover, request);
  };
}

async function runMiddleware(
  middleware: Middleware,
  inner: RequestHandler,
  recover: Recover | undefined,
  request: HttpRequest,
): Promise<HttpReply> {
  let wasCalled = false;
  function next(): Promise<HttpReply> {
    const reply = wasCalled ? Promise.reject(calledTwice(middleware)) : callHandler(inner, request);
    wasCalled = true;
    // Middleware may reply without waiting for it: its failure must not end the process then.
    reply.catch(ignore);
    return reply;
  }
  let result: unknown;
  try {
    result = await middleware(request, next);
    if (result === undefined) throw returnedNothing(middleware);
    if (lateReplies.makerOf?.(result) !== undefined) result = await settleLate(result, request);
    const made = result instanceof HttpReply ? normaliseReply(result) : toReply(result);
    return ownBody(made instanceof Promise ? await made : made, request);
  } catch (error) {
    ownResult(result, request);
    if (recover === undefined) throw error;
    // In the context of this call: what the middleware around it keeps in an AsyncLocalStorage is there.
    return recover(error, request);
  }
}

/** Async, so that what the handler throws at once is a rejection, too. */
async function callHandler(handle: RequestHandler, request: HttpRequest): Promise<HttpReply> {
  return handle(request);
}

function ignore(): void {}

function calledTwice(middleware: Middleware): Error {
  return new Error(`${describe(middleware)} called next() twice. Keep the reply of the first call.`);
}

function returnedNothing(middleware: Middleware): TypeError {
  return new TypeError(
    `${describe(middleware)} returned nothing. Return the reply: "return next()", or one of its own.`,
  );
}

function describe({ name }: Middleware): string {
  return `The middleware ${name || '(anonymous)'}`;
}
