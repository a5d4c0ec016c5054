import type { BindingIssue } from '../http/http-error.js';
import { BadRequestError } from '../http/http-errors.js';
import { HttpReply, settleReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Middleware } from '../http/middleware.js';
import { placeOf } from '../http/problem.js';
import { BindingFailure } from './binding/binding-failure.js';
import type { ParsedBody } from './binding/body-parser.js';
import type { Binder } from './binding/parameter.js';
import type { ArgumentPlan } from './binding/plan-arguments.js';
import { type ReplyMaker, replyOf } from './reply-maker.js';

/** Answers a request; what it throws or rejects with is made an answer of by the dispatcher. */
export type Answer = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** How a route finds its controller: one for all requests, or one for each. */
export type ControllerProvider =
  | { readonly scope: 'singleton'; readonly instance: object }
  | { readonly scope: 'request'; readonly find: (request: HttpRequest) => object | Promise<object> };

/** A controller's method, called with its arguments. */
type Call = (args: readonly unknown[], request: HttpRequest) => unknown;

/** Compiles a route into one function: middleware, the body, the arguments, the call, the answer. */
export function compileRoute(
  controller: ControllerProvider,
  methodName: string | symbol,
  plan: ArgumentPlan,
  makeReply: ReplyMaker,
  uses: readonly Middleware[],
): Answer {
  const call = createCall(controller, methodName);
  const finish = (result: unknown): HttpReply | Promise<HttpReply> =>
    isThenable(result) ? Promise.resolve(result).then(makeReply) : makeReply(result);
  return wrap(uses, compileCall(call, plan, finish));
}

function createCall(controller: ControllerProvider, methodName: string | symbol): Call {
  const callOn = (instance: object, args: readonly unknown[]) =>
    (instance as Record<string | symbol, (...args: readonly unknown[]) => unknown>)[methodName]!(...args);
  if (controller.scope === 'singleton') {
    const { instance } = controller;
    return (args) => callOn(instance, args);
  }
  return (args, request) => {
    const instance = controller.find(request);
    return isThenable(instance) ? instance.then((made) => callOn(made as object, args)) : callOn(instance, args);
  };
}

function compileCall(
  call: Call,
  { binders, parseBody }: ArgumentPlan,
  finish: (result: unknown) => HttpReply | Promise<HttpReply>,
): Answer {
  if (binders.length === 0) return (request) => finish(call([], request));
  const invoke = (request: HttpRequest, body: ParsedBody | undefined) => {
    const args = bind(binders, request, body);
    return args instanceof Promise ? args.then((bound) => finish(call(bound, request))) : finish(call(args, request));
  };
  if (parseBody === undefined) return (request) => invoke(request, undefined);
  return (request) => {
    const body = parseBody(request);
    return body instanceof Promise ? body.then((parsed) => invoke(request, parsed)) : invoke(request, body);
  };
}

function bind(
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
    // Those already under way may reject as well, and nobody would be there to see it.
    if (isAsync) Promise.allSettled(args);
    throw error;
  }
  if (isAsync) return Promise.all(args).then(assertBound);
  return hasFailed ? assertBound(args) : args;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Gives the arguments back where all could be bound; throws one 400 that names every mistake otherwise. */
function assertBound(args: unknown[]): unknown[] {
  const issues: BindingIssue[] = args.flatMap((value) => (value instanceof BindingFailure ? value.issues : []));
  if (issues.length === 0) return args;
  const detail = issues.map((issue) => `${placeOf(issue)}: ${issue.message}`).join('; ');
  throw new BadRequestError(detail, { errors: issues });
}

/** Puts middleware around an answer; the first is the outermost. */
export function wrap(uses: readonly Middleware[], core: Answer): Answer {
  return uses.reduceRight<Answer>((inner, middleware) => around(middleware, inner), core);
}

function around(middleware: Middleware, inner: Answer): Answer {
  return async (request) => {
    let pending: Promise<HttpReply> | undefined;
    const next = (): Promise<HttpReply> => {
      const isSecond = pending !== undefined;
      pending = (async () => {
        if (isSecond) throw new Error(`The middleware ${middleware.name || '(anonymous)'} called next() twice.`);
        return inner(request);
      })();
      // Who answers without waiting for it must not take the process down when it fails.
      pending.catch(() => {});
      return pending;
    };
    const result: unknown = await middleware(request, next);
    if (result === undefined) {
      throw new TypeError(
        `The middleware ${middleware.name || '(anonymous)'} returned nothing. Return the answer: "return next()", or one of its own.`,
      );
    }
    return result instanceof HttpReply ? settleReply(result) : replyOf(result);
  };
}
