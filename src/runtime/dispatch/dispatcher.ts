import type { App, AppOptions } from '../app.js';
import { loadPublicFiles } from '../files/public-files.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import type { RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { finishReply, ownBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { findVersionConflict, sharedByCopies } from '../identity/copies.js';
import type { Match } from '../link/matching/match.js';
import { openRouteTable, type RouteTable } from '../link/route-table.js';
import { loadApiRoutes } from '../openapi/serve/api-routes.lazy.js';
import { loadAppLifecycle } from './app-lifecycle.lazy.js';
import type { ErrorReplier } from './error-replies.js';
import { loadErrorReplies } from './error-replies.lazy.js';
import { exchangeOf, openExchange, type StartFailure } from './exchange.js';
import { loadHeadReply } from './head-reply.lazy.js';
import { type Lifecycle, WITHOUT_HOOKS } from './lifecycle.js';
import { loadOpenFailure } from './open-failure.lazy.js';
import { loadRefusal } from './refusal.lazy.js';
import { replyHook } from './reply-hook.js';
import type { Interruptions } from './time/interruptions.js';
import { limitTime, type Stage, type TimeLimits } from './time/timeout.js';

/** The innermost stage: the route, with its own middleware. */
const ROUTE: Stage = { subject: 'The request', grace: 0 };
/** Around it: it passes on the 504 or 503 of what is inside. */
const MIDDLEWARE: Stage = { subject: "The app's middleware", grace: 100 };

const UNKNOWN: Match = { kind: 'unknown' };

/** Takes over the body of a reply. */
type Finish = (reply: HttpReply, request: HttpRequest) => HttpReply | Promise<HttpReply>;

const dispatchers = sharedByCopies('dispatchers', new WeakMap<App, Dispatcher>());

/**
 * Checks and links an app, once: all doors of a process share its dispatcher, so that each controller is constructed once.
 * A failure is not kept: the next call tries again.
 *
 * @throws StartupError with every mistake
 */
export function openDispatcher(app: App): Dispatcher {
  const conflict = findVersionConflict();
  if (conflict !== undefined) throw loadOpenFailure().versionFailure(conflict);
  let dispatcher = dispatchers.get(app);
  if (dispatcher === undefined) {
    dispatcher = createDispatcher(app?.options ?? loadOpenFailure().refuseApp(app));
    dispatchers.set(app, dispatcher);
  }
  return dispatcher;
}

/** A running app: what every door hands its requests to. */
export interface Dispatcher extends TimeLimits {
  readonly options: Readonly<AppOptions>;
  readonly table: RouteTable;
  readonly lifecycle: Lifecycle;
  /** Set by a door that can shut down; from then on it can end the exchanges under way. */
  interruptions: Interruptions | undefined;
  /** The app's middleware around the route; undefined for an app without middleware. */
  readonly middleware: RequestHandler | undefined;
  /** Made for the app's first error. */
  errorReplier: ErrorReplier | undefined;
  /** Makes a reply to an error, and logs it where it is a bug. */
  replyToError(error: unknown, request: HttpRequest, onErrorTime?: number): HttpReply | Promise<HttpReply>;
  /**
   * Replies to a request. Never throws and never rejects.
   *
   * @param match what the target leads to, where the door has looked it up already
   */
  dispatch(request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply>;
  /** Makes the reply to what fails while a door sends another one, such as a body. Never throws and never rejects. */
  replyToLateError(error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply>;
}

/**
 * Its methods are functions, not those of a class: what each cold start calls is compiled while the file is read.
 *
 * @throws StartupError with every mistake
 */
function createDispatcher(given: Readonly<AppOptions>): Dispatcher {
  const options = given.openapi === undefined ? given : loadApiRoutes().withApiRoutes(given);
  const { use } = options;
  const hasHooks = options.onStart !== undefined || options.onStop !== undefined;
  const dispatcher: Dispatcher = {
    options,
    table: options.public === undefined ? openRouteTable(options) : loadPublicFiles().openTableWithFiles(options),
    lifecycle: hasHooks ? loadAppLifecycle().createLifecycle(options) : WITHOUT_HOOKS,
    interruptions: undefined,
    middleware:
      use === undefined || use.length === 0
        ? undefined
        : loadMiddleware().composeMiddleware(
            use,
            (request) => handleRoute(dispatcher, request, undefined),
            (error, request) => replyTo(dispatcher, error, request),
          ),
    errorReplier: undefined,
    replyToError,
    dispatch,
    replyToLateError,
  };
  return dispatcher;
}

function replyToError(
  this: Dispatcher,
  error: unknown,
  request: HttpRequest,
  onErrorTime?: number,
): HttpReply | Promise<HttpReply> {
  this.errorReplier ??= loadErrorReplies().createErrorReplier(this.options);
  return this.errorReplier(error, request, onErrorTime);
}

function dispatch(this: Dispatcher, request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply> {
  let found = match;
  let startFailure: StartFailure | undefined;
  if (found === undefined) {
    // A route whose plan is stale may fail to be read afresh.
    try {
      found = this.table.match(request.method, request.path);
    } catch (error) {
      found = UNKNOWN;
      startFailure = { error };
    }
  }
  openExchange(request, found, this.options, startFailure);
  const reply = this.lifecycle.isStarted ? handleRequest(this, request) : startAndHandle(this, request);
  return replyHook.see?.(request, reply, this) ?? reply;
}

function replyToLateError(this: Dispatcher, error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
  const reply = this.replyToError(error, request);
  return replyHook.see?.(request, reply, this) ?? reply;
}

function startAndHandle(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpReply> {
  const handle = (started: HttpRequest) => handleRequest(dispatcher, started);
  return loadAppLifecycle().handleOnceStarted(request, handle, dispatcher.lifecycle, dispatcher);
}

function handleRequest(dispatcher: Dispatcher, request: HttpRequest): HttpReply | Promise<HttpReply> {
  const { middleware } = dispatcher;
  const reply =
    middleware === undefined
      ? handleRoute(dispatcher, request, finishReply)
      : limitTime(catchErrors(dispatcher, middleware, request, finishReply), request, MIDDLEWARE, dispatcher);
  return request.method === 'HEAD' ? loadHeadReply().headReplyTo(reply) : reply;
}

/**
 * Runs the route, or replies that no route matches. Errors become replies, and the time is limited.
 *
 * @param finish applied to the reply, where no middleware of the app is around it
 */
function handleRoute(
  dispatcher: Dispatcher,
  request: HttpRequest,
  finish: Finish | undefined,
): HttpReply | Promise<HttpReply> {
  const { match, startFailure } = exchangeOf(request);
  const reply =
    startFailure === undefined && match.kind === 'route'
      ? catchErrors(dispatcher, match.route.handle, request, finish)
      : replyWithoutRoute(dispatcher, request, finish);
  return reply instanceof Promise ? limitTime(reply, request, ROUTE, dispatcher) : reply;
}

/** Sends a file, replies to `OPTIONS`, and refuses whatever no route takes, or comes while the app cannot start. */
function replyWithoutRoute(
  dispatcher: Dispatcher,
  request: HttpRequest,
  finish: Finish | undefined,
): HttpReply | Promise<HttpReply> {
  const { match, startFailure } = exchangeOf(request);
  if (startFailure !== undefined) return replyTo(dispatcher, startFailure.error, request, finish);
  if (match.kind === 'file') return catchErrors(dispatcher, match.handle, request, finish);
  const { refusal, replyToOptions } = loadRefusal();
  return (
    replyToOptions(match, request) ??
    replyTo(dispatcher, refusal(match, request.method, dispatcher.table.methods), request, finish)
  );
}

/**
 * Runs a handler; an error becomes the reply to it.
 *
 * @param finish applied to the handler's reply
 */
function catchErrors(
  dispatcher: Dispatcher,
  handle: RequestHandler,
  request: HttpRequest,
  finish: Finish | undefined,
): HttpReply | Promise<HttpReply> {
  try {
    const reply = handle(request);
    if (reply instanceof Promise) return catchRejection(dispatcher, reply, request, finish);
    return finish === undefined ? reply : finish(reply, request);
  } catch (error) {
    return replyTo(dispatcher, error, request, finish);
  }
}

/** Apart, since a function with closures allocates for them in each call. */
function catchRejection(
  dispatcher: Dispatcher,
  reply: Promise<HttpReply>,
  request: HttpRequest,
  finish: Finish | undefined,
): Promise<HttpReply> {
  return reply.then(finish && ((made) => finish(made, request)), (error: unknown) =>
    replyTo(dispatcher, error, request, finish),
  );
}

/** Makes the reply to an error in an exchange. */
function replyTo(
  dispatcher: Dispatcher,
  error: unknown,
  request: HttpRequest,
  finish: Finish = ownBody,
): HttpReply | Promise<HttpReply> {
  const reply = dispatcher.replyToError(error, request);
  return reply instanceof Promise ? reply.then((made) => finish(made, request)) : finish(reply, request);
}
