import type { HttpRequest } from '../http/http-request.js';
import type { Middleware, RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { ownBody, ownResult } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import type { ReplyDefaults } from '../http/reply/reply-defaults.js';
import { toReply } from '../http/reply/to-reply.js';
import type { ParsedBody } from './binding/body/body-parser.js';
import { isFailure } from './binding/failure-mark.js';
import type { LinkedArguments } from './binding/link-arguments.js';
import { bindScalar } from './binding/scalar-argument.js';
import { loadBindingErrors } from './binding-errors.lazy.js';
import type { ControllerProvider } from './controller-provider.js';
import type { ReplyMaker } from './replies/reply-maker.js';

/** What a route's function is made of. */
export interface LinkedRoute {
  readonly provider: ControllerProvider;
  readonly methodName: string | symbol;
  readonly args: LinkedArguments;
  /** What decorators say about the reply. */
  readonly defaults: ReplyDefaults;
  /** Makes the reply of a route with a view or a redirect; undefined for all others. */
  readonly makeReply: ReplyMaker | undefined;
  readonly uses: readonly Middleware[];
}

type Controller = Record<string | symbol, (...args: readonly unknown[]) => unknown>;

/** Makes one function of a route: middleware, body, arguments, call, reply. What it throws is for the dispatcher. */
export function createRequestHandler(route: LinkedRoute): RequestHandler {
  const { pathBinders, parseBody } = route.args;
  function handleRoute(request: HttpRequest): HttpReply | Promise<HttpReply> {
    // A 404 where a value of the path cannot be converted: before the body is read, and before any other binder runs.
    if (pathBinders.length > 0) assertPath(route.args, request);
    if (parseBody === undefined) return bindAndCall(route, request, undefined);
    const body = parseBody(request);
    return body instanceof Promise ? bindLater(route, request, body) : bindAndCall(route, request, body);
  }
  return route.uses.length === 0 ? handleRoute : loadMiddleware().composeMiddleware(route.uses, handleRoute);
}

// What has to wait is apart: a function with closures allocates for them in each call.

function bindLater(route: LinkedRoute, request: HttpRequest, body: Promise<ParsedBody>): Promise<HttpReply> {
  return body.then((parsed) => bindAndCall(route, request, parsed));
}

function callLater(route: LinkedRoute, args: unknown[], request: HttpRequest): Promise<HttpReply> {
  return Promise.all(args).then((bound) => call(route, assertBound(bound, route.args.maxErrors), request));
}

function callCreated(
  route: LinkedRoute,
  instance: PromiseLike<unknown>,
  args: readonly unknown[],
  request: HttpRequest,
): Promise<HttpReply> {
  return Promise.resolve(instance).then((created) => callMethod(route, created as object, args, request));
}

function replyLater(result: PromiseLike<unknown>, route: LinkedRoute, request: HttpRequest): Promise<HttpReply> {
  return Promise.resolve(result).then((settled) => replyTo(settled, route, request));
}

function replyOnceSettled(result: unknown, route: LinkedRoute, request: HttpRequest): Promise<HttpReply> {
  return settleLate(result, request).then((settled) => makeOwnReply(settled, route, request));
}

function bindAndCall(
  route: LinkedRoute,
  request: HttpRequest,
  body: ParsedBody | undefined,
): HttpReply | Promise<HttpReply> {
  const { binders, maxErrors } = route.args;
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
  if (isAsync) return callLater(route, args, request);
  return call(route, hasFailed ? assertBound(args, maxErrors) : args, request);
}

/** Calls the controller's method, and makes the reply to its result. */
function call(route: LinkedRoute, args: readonly unknown[], request: HttpRequest): HttpReply | Promise<HttpReply> {
  const { provider } = route;
  if (provider.scope === 'singleton') return callMethod(route, provider.instance, args, request);
  const instance = provider.create(request);
  return isThenable(instance)
    ? callCreated(route, instance, args, request)
    : callMethod(route, instance, args, request);
}

function callMethod(
  route: LinkedRoute,
  instance: object,
  args: readonly unknown[],
  request: HttpRequest,
): HttpReply | Promise<HttpReply> {
  const result = (instance as Controller)[route.methodName]!(...args);
  return isThenable(result) ? replyLater(result, route, request) : replyTo(result, route, request);
}

function replyTo(result: unknown, route: LinkedRoute, request: HttpRequest): HttpReply | Promise<HttpReply> {
  return lateReplies.makerOf?.(result) === undefined
    ? makeOwnReply(result, route, request)
    : replyOnceSettled(result, route, request);
}

function makeOwnReply(
  result: unknown,
  { makeReply, defaults }: LinkedRoute,
  request: HttpRequest,
): HttpReply | Promise<HttpReply> {
  try {
    const reply = makeReply === undefined ? toReply(result, defaults) : makeReply(result, request);
    return reply instanceof Promise ? ownLater(reply, result, request) : ownBody(reply, request);
  } catch (error) {
    ownResult(result, request);
    throw error;
  }
}

function ownLater(reply: Promise<HttpReply>, result: unknown, request: HttpRequest): Promise<HttpReply> {
  return reply.then(
    (made) => ownBody(made, request),
    (error: unknown) => {
      ownResult(result, request);
      throw error;
    },
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Throws a 404 with every value of the path that cannot be converted. */
function assertPath({ pathBinders, maxErrors }: LinkedArguments, request: HttpRequest): void {
  for (const bind of pathBinders) {
    const value = typeof bind === 'function' ? bind(request, undefined) : bindScalar(bind, request);
    if (isFailure(value) && value.status === 404) {
      throw loadBindingErrors().pathError(pathBinders, request, maxErrors);
    }
  }
}

/** Returns the arguments if all are bound; else throws one 400 with every mistake. */
function assertBound(args: unknown[], maxErrors: number): unknown[] {
  const failures = args.filter(isFailure);
  if (failures.length === 0) return args;
  throw loadBindingErrors().bindingError(failures, 400, maxErrors);
}
