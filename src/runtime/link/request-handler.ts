import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import type { Middleware, RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { ownBody, ownResult } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import { assertPath, bindArguments } from './bind-arguments.js';
import type { ParsedBody } from './binding/body-parser.js';
import type { LinkedArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import type { ReplyMaker } from './reply-maker.js';

/** Calls a controller's method, and makes the reply to its result. */
type CallMethod = (args: readonly unknown[], request: HttpRequest) => HttpReply | Promise<HttpReply>;

type Method = (...args: readonly unknown[]) => unknown;

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

/**
 * Makes one function of a route: middleware, body, arguments, call, reply. What it throws is for the dispatcher.
 *
 * @param onInvalid shows a form again. Default: a form's mistakes are errors like any other
 */
export function createRequestHandler(
  provider: ControllerProvider,
  methodName: string | symbol,
  args: LinkedArguments,
  makeReply: ReplyMaker,
  uses: readonly Middleware[],
  onInvalid?: InvalidReplier,
): RequestHandler {
  const handler = createRouteHandler(createCall(provider, methodName, makeReply), args, onInvalid);
  return uses.length === 0 ? handler : loadMiddleware().composeMiddleware(uses, handler);
}

function createCall(provider: ControllerProvider, methodName: string | symbol, makeReply: ReplyMaker): CallMethod {
  function makeOwnReply(result: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    try {
      const reply = makeReply(result, request);
      return reply instanceof Promise ? ownLater(reply, result, request) : ownBody(reply, request);
    } catch (error) {
      ownResult(result, request);
      throw error;
    }
  }
  function replyToSettled(result: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    return lateReplies.makerOf?.(result) === undefined
      ? makeOwnReply(result, request)
      : settleLate(result, request).then((made) => makeOwnReply(made, request));
  }
  function replyLater(result: PromiseLike<unknown>, request: HttpRequest): Promise<HttpReply> {
    return Promise.resolve(result).then((settled) => replyToSettled(settled, request));
  }
  function replyTo(result: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    return isThenable(result) ? replyLater(result, request) : replyToSettled(result, request);
  }
  if (provider.scope === 'singleton') {
    const instance = provider.instance as Record<string | symbol, Method>;
    return function callMethod(args, request) {
      return replyTo(instance[methodName]!(...args), request);
    };
  }
  function callMethodOf(
    instance: object,
    args: readonly unknown[],
    request: HttpRequest,
  ): HttpReply | Promise<HttpReply> {
    return replyTo((instance as Record<string | symbol, Method>)[methodName]!(...args), request);
  }
  return function callMethodOfNew(args, request) {
    const instance = provider.create(request);
    return isThenable(instance)
      ? Promise.resolve(instance).then((created) => callMethodOf(created as object, args, request))
      : callMethodOf(instance, args, request);
  };
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

function createRouteHandler(
  callMethod: CallMethod,
  linked: LinkedArguments,
  onInvalid: InvalidReplier | undefined,
): RequestHandler {
  const { binders, parseBody, maxErrors } = linked;
  function bindAndCall(request: HttpRequest, body?: ParsedBody): HttpReply | Promise<HttpReply> {
    if (body === undefined) assertPath(linked, request);
    const args = bindArguments(binders, request, body, maxErrors);
    return args instanceof Promise ? args.then((bound) => callMethod(bound, request)) : callMethod(args, request);
  }
  const bindAndReply = onInvalid === undefined ? bindAndCall : orShowAgain(bindAndCall, onInvalid);
  function callWithoutArguments(request: HttpRequest): HttpReply | Promise<HttpReply> {
    return callMethod([], request);
  }
  function parseBindAndCall(request: HttpRequest): HttpReply | Promise<HttpReply> {
    assertPath(linked, request);
    const body = parseBody!(request);
    return body instanceof Promise ? body.then((parsed) => bindAndReply(request, parsed)) : bindAndReply(request, body);
  }
  if (parseBody !== undefined) return parseBindAndCall;
  return binders.length === 0 && onInvalid === undefined ? callWithoutArguments : (request) => bindAndReply(request);
}

/** Shows a form again where it has mistakes. */
function orShowAgain(
  reply: (request: HttpRequest, body?: ParsedBody) => HttpReply | Promise<HttpReply>,
  onInvalid: InvalidReplier,
) {
  return function replyOrShowAgain(request: HttpRequest, body?: ParsedBody): HttpReply | Promise<HttpReply> {
    try {
      const made = reply(request, body);
      return made instanceof Promise ? made.catch((error: unknown) => onInvalid(error, request, body)) : made;
    } catch (error) {
      return onInvalid(error, request, body);
    }
  };
}
