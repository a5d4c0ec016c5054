import type { BindingIssue } from '../http/http-error.js';
import { BadRequestError } from '../http/http-errors.js';
import type { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { composeMiddleware, type Middleware, type RequestHandler } from '../http/middleware.js';
import { placeOf } from '../http/problem.js';
import { BindingFailure } from './binding/binding-failure.js';
import type { ParsedBody } from './binding/body-parser.js';
import type { Binder } from './binding/parameter.js';
import type { ArgumentPlan } from './binding/plan-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import type { ReplyMaker } from './reply-maker.js';

/** Calls a controller's method, and makes the reply to its result. */
type CallMethod = (args: readonly unknown[], request: HttpRequest) => HttpReply | Promise<HttpReply>;

type Method = (...args: readonly unknown[]) => unknown;

/** Links a route to one function: middleware, body, arguments, call, reply. What it throws is for the dispatcher. */
export function linkRoute(
  provider: ControllerProvider,
  methodName: string | symbol,
  plan: ArgumentPlan,
  makeReply: ReplyMaker,
  uses: readonly Middleware[],
): RequestHandler {
  const callMethod = createCall(provider, methodName, makeReply);
  return composeMiddleware(uses, createRouteHandler(callMethod, plan));
}

function createCall(provider: ControllerProvider, methodName: string | symbol, makeReply: ReplyMaker): CallMethod {
  function replyTo(result: unknown): HttpReply | Promise<HttpReply> {
    return isThenable(result) ? Promise.resolve(result).then(makeReply) : makeReply(result);
  }
  if (provider.scope === 'singleton') {
    const instance = provider.instance as Record<string | symbol, Method>;
    return function callMethod(args) {
      return replyTo(instance[methodName]!(...args));
    };
  }
  function callMethodOf(instance: object, args: readonly unknown[]): HttpReply | Promise<HttpReply> {
    return replyTo((instance as Record<string | symbol, Method>)[methodName]!(...args));
  }
  return function callMethodOfNew(args, request) {
    const instance = provider.create(request);
    return isThenable(instance)
      ? Promise.resolve(instance).then((created) => callMethodOf(created as object, args))
      : callMethodOf(instance, args);
  };
}

function createRouteHandler(callMethod: CallMethod, { binders, parseBody }: ArgumentPlan): RequestHandler {
  function callWithoutArguments(request: HttpRequest): HttpReply | Promise<HttpReply> {
    return callMethod([], request);
  }
  function bindAndCall(request: HttpRequest, body?: ParsedBody): HttpReply | Promise<HttpReply> {
    const args = bindArguments(binders, request, body);
    return args instanceof Promise ? args.then((bound) => callMethod(bound, request)) : callMethod(args, request);
  }
  function parseBindAndCall(request: HttpRequest): HttpReply | Promise<HttpReply> {
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
  if (isAsync) return Promise.all(args).then(assertBound);
  return hasFailed ? assertBound(args) : args;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Returns the arguments if all are bound; else throws one 400 with every mistake. */
function assertBound(args: unknown[]): unknown[] {
  const issues: BindingIssue[] = args.flatMap((value) => (value instanceof BindingFailure ? value.issues : []));
  if (issues.length === 0) return args;
  const detail = issues.map((issue) => `${placeOf(issue)}: ${issue.message}`).join('; ');
  throw new BadRequestError(detail, { errors: issues });
}
