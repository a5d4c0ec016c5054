import type { App, AppOptions } from '../app.js';
import { HttpError } from '../http/http-error.js';
import { closeBody, HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { type Answer, wrap } from '../link/link-route.js';
import { compileTable } from '../link/link-table.js';
import type { Match } from '../routes/match.js';
import type { RouteTable } from '../routes/route-table.js';
import { createErrorReplier, type ErrorReplier } from './error-replies.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { type Interruptions, timeLeft, withTimeout } from './timeout.js';

/** What both doors lead to: an app, checked and compiled. */
export interface Dispatcher {
  readonly table: RouteTable;
  readonly options: Readonly<AppOptions>;
  readonly lifecycle: Lifecycle;
  /** From now on what is under way can be interrupted; for doors that shut down, which bring what does it. */
  interruptions: Interruptions | undefined;
  /**
   * Answers any request. Never throws and never rejects.
   *
   * @param match what the target leads to, where the door has asked the table already
   */
  dispatch(request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply>;
  /** Makes an answer of something thrown, and logs it where it is a bug; for doors. */
  replyToError: ErrorReplier;
}

/** In place of a match: the app could not start. */
interface NotStarted {
  readonly kind: 'not-started';
  readonly error: unknown;
}

/** How much longer than a request the middleware around it may take, to see its 504 or 503 through. In milliseconds. */
const MIDDLEWARE_GRACE = 100;

const dispatchers = new WeakMap<App, Dispatcher>();

/**
 * Checks and compiles an app, once: both doors of one process lead to the same dispatcher, so that each controller is made
 * once. A failed try leaves nothing behind.
 *
 * @throws StartupError with every mistake
 */
export function openDispatcher(app: App): Dispatcher {
  let dispatcher = dispatchers.get(app);
  if (dispatcher === undefined) {
    dispatcher = createDispatcher(app.options);
    dispatchers.set(app, dispatcher);
  }
  return dispatcher;
}

function createDispatcher(options: Readonly<AppOptions>): Dispatcher {
  const table = compileTable(options);
  const lifecycle = createLifecycle(options);
  const replyToError = createErrorReplier(options);
  const { bodyLimit, trustProxy, timeout, use = [] } = options;

  const answerMatch: Answer = (request) => {
    const match = request.match as Match | NotStarted;
    if (match.kind === 'not-started') return replyToError(match.error, request);
    if (match.kind === 'route') return guard(match.route.answer, request, replyToError);
    if (match.kind === 'methods' && request.method === 'OPTIONS') {
      return new HttpReply(undefined, { headers: { allow: match.allowed.join(', ') } });
    }
    return replyToError(refusal(match, request.method, table), request);
  };
  /**
   * A 504 or 503 in place of an answer that does not come in time.
   *
   * @param what takes the time, for the log
   * @param grace how much longer it may take, where it has to see through what happened inside of it
   */
  const inTime = (answer: HttpReply | Promise<HttpReply>, request: HttpRequest, what: string, grace = 0) => {
    if (!(answer instanceof Promise)) return answer;
    let reply = answer;
    const { deadline, expiresAt } = request;
    if (deadline !== undefined && deadline.at < expiresAt) {
      const patience = Math.min(grace, deadline.grace);
      reply = withTimeout(reply, request, timeLeft(request) + patience, deadline.reason, replyToError);
    } else if (timeout !== undefined) {
      const reason = `${what} took longer than ${timeout} ms`;
      reply = withTimeout(reply, request, timeLeft(request) + grace, reason, replyToError);
    }
    return dispatcher.interruptions?.watch(reply, request, grace) ?? reply;
  };
  const answerInTime: Answer = (request) => inTime(answerMatch(request), request, 'The request');
  const answerWithMiddleware = guarded(wrap(use, answerInTime), replyToError);
  const answerMiddlewareInTime: Answer = (request) =>
    inTime(answerWithMiddleware(request), request, "The app's middleware", MIDDLEWARE_GRACE);
  const outermost = use.length === 0 ? answerInTime : answerMiddlewareInTime;

  const enter = (request: HttpRequest): HttpReply | Promise<HttpReply> => {
    const reply = outermost(request);
    if (request.method !== 'HEAD') return reply;
    return reply instanceof Promise ? reply.then(withoutBody) : withoutBody(reply);
  };

  /** Apart from `answer`, which would make dispatcher for what its closures hold at every request. */
  const enterWhenStarted = (request: HttpRequest): Promise<HttpReply> => {
    const start = lifecycle.start();
    let isWaiting = true;
    const proceed = () => {
      isWaiting = false;
      return enter(request);
    };
    const reply = start.then(proceed, (error: unknown) => {
      request.match = { kind: 'not-started', error } satisfies NotStarted;
      return proceed();
    });
    const answer = inTime(reply, request, 'onStart', MIDDLEWARE_GRACE) as Promise<HttpReply>;
    return answer.finally(() => isWaiting && lifecycle.abandon(start));
  };

  const dispatcher: Dispatcher = {
    table,
    options,
    lifecycle,
    replyToError,
    interruptions: undefined,
    dispatch(request, match = table.match(request.method, request.path)) {
      if (bodyLimit !== undefined) request.bodyLimit = bodyLimit;
      if (timeout !== undefined) request.expiresAt = Date.now() + timeout;
      if (trustProxy !== undefined) request.trustProxy = trustProxy;
      request.match = match;
      if (match.kind === 'route') {
        request.route = match.route;
        request.paramValues = match.paramValues;
      }
      if (lifecycle.isStarted) return enter(request);
      return enterWhenStarted(request);
    },
  };
  return dispatcher;
}

/** Runs something that may throw or reject; what it throws becomes an answer. */
function guard(run: Answer, request: HttpRequest, replyToError: ErrorReplier): HttpReply | Promise<HttpReply> {
  try {
    const reply = run(request);
    return reply instanceof Promise ? reply.catch((error: unknown) => replyToError(error, request)) : reply;
  } catch (error) {
    return replyToError(error, request);
  }
}

function guarded(run: Answer, replyToError: ErrorReplier): Answer {
  return (request) => guard(run, request, replyToError);
}

/**
 * Why there is no route: 400 for a target that cannot be read, 501 for a method that nobody knows, 404 for the path, 405
 * for the method at this path.
 */
function refusal(match: Match, method: string, table: RouteTable): HttpError {
  if (match.kind === 'malformed') return new HttpError(400, 'The target of the request is malformed');
  if (!table.methods.has(method)) return new HttpError(501, undefined, { expose: true });
  if (match.kind !== 'methods') return new HttpError(404);
  return new HttpError(405, undefined, { headers: { allow: match.allowed.join(', ') } });
}

/** HEAD: the headers that GET would have, without its body; a stream is closed, not drained (RFC 9110 §9.3.2). */
function withoutBody(reply: HttpReply): HttpReply {
  const { body } = reply;
  if (body === undefined) return reply;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    reply.headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  }
  closeBody(body);
  reply.body = undefined;
  return reply;
}
