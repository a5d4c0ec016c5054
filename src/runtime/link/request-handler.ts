import type { HttpRequest } from '../http/http-request.js';
import type { Middleware, RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { ownBody, ownResult } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import type { Binder } from './binding/binder.js';
import { BindingFailure } from './binding/binding-failure.js';
import type { ParsedBody } from './binding/body-parser.js';
import type { LinkedArguments } from './binding/link-arguments.js';
import { loadBindingErrors } from './binding-errors.lazy.js';
import type { ControllerProvider } from './controller-provider.js';
import type { ReplyMaker } from './reply-maker.js';

/** Calls a controller's method, and makes the reply to its result. */
type CallMethod = (args: readonly unknown[], request: HttpRequest) => HttpReply | Promise<HttpReply>;

type Method = (...args: readonly unknown[]) => unknown;

/** Makes one function of a route: middleware, body, arguments, call, reply. What it throws is for the dispatcher. */
export function createRequestHandler(
  provider: ControllerProvider,
  methodName: string | symbol,
  args: LinkedArguments,
  makeReply: ReplyMaker,
  uses: readonly Middleware[],
): RequestHandler {
  const handler = createRouteHandler(createCall(provider, methodName, makeReply), args);
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
  function replyLater(result: PromiseLike<unknown>, request: HttpRequest): Promise<HttpReply> {
    return Promise.resolve(result).then((settled) =>
      isThenable(settled) || lateReplies.makerOf === undefined
        ? makeOwnReply(settled, request)
        : settleLate(settled, request).then((made) => makeOwnReply(made, request)),
    );
  }
  function replyTo(result: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    if (isThenable(result)) return replyLater(result, request);
    return lateReplies.makerOf?.(result) === undefined
      ? makeOwnReply(result, request)
      : settleLate(result, request).then((settled) => makeOwnReply(settled, request));
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

function createRouteHandler(callMethod: CallMethod, linked: LinkedArguments): RequestHandler {
  const { binders, parseBody, maxErrors } = linked;
  function callWithoutArguments(request: HttpRequest): HttpReply | Promise<HttpReply> {
    return callMethod([], request);
  }
  function bindAndCall(request: HttpRequest, body?: ParsedBody): HttpReply | Promise<HttpReply> {
    if (body === undefined) assertPath(linked, request);
    const args = bindArguments(binders, request, body, maxErrors);
    return args instanceof Promise ? args.then((bound) => callMethod(bound, request)) : callMethod(args, request);
  }
  function parseBindAndCall(request: HttpRequest): HttpReply | Promise<HttpReply> {
    assertPath(linked, request);
    const body = parseBody!(request);
    return body instanceof Promise ? body.then((parsed) => bindAndCall(request, parsed)) : bindAndCall(request, body);
  }
  if (binders.length === 0) return callWithoutArguments;
  return parseBody === undefined ? bindAndCall : parseBindAndCall;
}

function bindArguments(
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

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Throws a 404 where a value of the path cannot be converted: before the body is read, and before any other binder runs. */
function assertPath({ pathBinders, maxErrors }: LinkedArguments, request: HttpRequest): void {
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
