import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import type { Middleware, RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { ownBody, ownResult } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import type { ReplyDefaults } from '../http/reply/reply-defaults.js';
import { toReply } from '../http/reply/to-reply.js';
import { assertPath, bindArguments } from './bind-arguments.js';
import type { ParsedBody } from './binding/body/parsed-body.js';
import type { LinkedArguments } from './binding/link-arguments.js';
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
  /** Shows a form again; undefined where a form's mistakes are errors like any other. */
  readonly onInvalid: InvalidReplier | undefined;
}

/**
 * Replies to what binding or the handler has thrown, where it is a mistake in a form; throws it again where it is not.
 *
 * @param body undefined where nothing binds the body
 */
export type InvalidReplier = (
  error: unknown,
  request: HttpRequest,
  body: ParsedBody | undefined,
) => HttpReply | Promise<HttpReply>;

type Controller = Record<string | symbol, (...args: readonly unknown[]) => unknown>;

/** Makes one function of a route: middleware, body, arguments, call, reply. What it throws is for the dispatcher. */
export function createRequestHandler(route: LinkedRoute): RequestHandler {
  const { pathBinders, parseBody } = route.args;
  const bindAndReply = route.onInvalid === undefined ? bindAndCall : bindOrShowAgain;
  function handleRoute(request: HttpRequest): HttpReply | Promise<HttpReply> {
    if (pathBinders.length > 0) assertPath(route.args, request);
    const body = parseBody?.(request);
    return body instanceof Promise ? bindLater(body, request) : bindAndReply(route, request, body);
  }
  function bindLater(body: Promise<ParsedBody>, request: HttpRequest): Promise<HttpReply> {
    return body.then((parsed) => bindAndReply(route, request, parsed));
  }
  return route.uses.length === 0 ? handleRoute : loadMiddleware().composeMiddleware(route.uses, handleRoute);
}

/** Shows a form again where it has mistakes. */
function bindOrShowAgain(
  route: LinkedRoute,
  request: HttpRequest,
  body: ParsedBody | undefined,
): HttpReply | Promise<HttpReply> {
  const { onInvalid } = route;
  try {
    const made = bindAndCall(route, request, body);
    return made instanceof Promise ? made.catch((error: unknown) => onInvalid!(error, request, body)) : made;
  } catch (error) {
    return onInvalid!(error, request, body);
  }
}

function bindAndCall(
  route: LinkedRoute,
  request: HttpRequest,
  body: ParsedBody | undefined,
): HttpReply | Promise<HttpReply> {
  const { binders, maxErrors } = route.args;
  const args = bindArguments(binders, request, body, maxErrors);
  return args instanceof Promise ? callLater(route, args, request) : callController(route, args, request);
}

// What has to wait is apart: a function with closures allocates for them in each call.

function callLater(route: LinkedRoute, args: Promise<unknown[]>, request: HttpRequest): Promise<HttpReply> {
  return args.then((bound) => callController(route, bound, request));
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

/** Calls the controller's method, and makes the reply to its result. */
function callController(
  route: LinkedRoute,
  args: readonly unknown[],
  request: HttpRequest,
): HttpReply | Promise<HttpReply> {
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
