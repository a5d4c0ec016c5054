import type { App, AppOptions } from '../app.js';
import { loadPublicFiles } from '../files/public-files.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import type { RequestHandler } from '../http/middleware.js';
import { finishReply } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { copies, sharedByCopies } from '../identity/copies.js';
import type { Match } from '../link/matching/match.js';
import { openRouteTable, type RouteTable } from '../link/route-table.js';
import { loadApiRoutes } from '../openapi/serve/api-routes.lazy.js';
import { loadAppLifecycle } from './app-lifecycle.lazy.js';
import { loadAppRefusal } from './app-refusal.lazy.js';
import { exchangeOf, openExchange, type StartFailure } from './exchange.js';
import { loadFailureReplies } from './failure-replies.lazy.js';
import { loadHeadReply } from './head/head-reply.lazy.js';
import type { Lifecycle } from './lifecycle.js';
import { replyHook } from './reply-hook.js';
import type { Interruptions } from './time/interruptions.js';
import { limitTime, type Stage, type TimeLimits } from './time/timeout.js';
import { loadWrapRoutes } from './wrap-routes.lazy.js';

/** The innermost stage: the route, with its own middleware. */
const ROUTE: Stage = { subject: 'The request', grace: 0 };
/** Around it: it passes on the 504 or 503 of what is inside. */
const MIDDLEWARE: Stage = { subject: "The app's middleware", grace: 100 };

const dispatchers = sharedByCopies('dispatchers', new WeakMap<App, Dispatcher>());

/** A running app: what every door hands its requests to. */
export interface Dispatcher extends TimeLimits {
  readonly options: Readonly<AppOptions>;
  readonly table: RouteTable;
  /** Undefined for an app without `onStart` and `onStop`. */
  readonly lifecycle: Lifecycle | undefined;
  /** Set by a door that can shut down; from then on it can end the exchanges under way. */
  interruptions: Interruptions | undefined;
  /** The app's middleware around the route; undefined for an app without middleware. */
  middleware: RequestHandler | undefined;
  /**
   * Replies to a request. Never throws and never rejects.
   *
   * @param match what the target leads to, where the door has looked it up already
   */
  dispatch(request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply>;
}

/**
 * Checks and links an app, once: all doors of a process share its dispatcher, so that each controller is constructed once.
 * A failure is not kept: the next call tries again.
 *
 * @throws StartupError with every mistake
 */
export function openDispatcher(app: App): Dispatcher {
  if (copies.length > 1) loadAppRefusal().refuseOtherVersions(copies);
  const known = dispatchers.get(app);
  if (known !== undefined) return known;
  const given = app?.options ?? loadAppRefusal().refuseApp(app);
  const options = given.openapi === undefined ? given : loadApiRoutes().withApiRoutes(given);
  const { use } = options;
  const dispatcher: Dispatcher = {
    options,
    table: options.public === undefined ? openRouteTable(options) : loadPublicFiles().openTableWithFiles(options),
    lifecycle:
      options.onStart === undefined && options.onStop === undefined
        ? undefined
        : loadAppLifecycle().createLifecycle(options),
    interruptions: undefined,
    middleware: undefined,
    errorReplier: undefined,
    dispatch,
  };
  if (use !== undefined && use.length > 0) {
    dispatcher.middleware = loadWrapRoutes().wrapRoutes(use, dispatcher, handle);
  }
  dispatchers.set(app, dispatcher);
  return dispatcher;
}

function dispatch(this: Dispatcher, request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply> {
  let found = match;
  let startFailure: StartFailure | undefined;
  // A route whose plan is stale may fail to be read afresh.
  try {
    found ??= this.table.match(request.method, request.path);
  } catch (error) {
    found = { kind: 'unknown' };
    startFailure = { error };
  }
  openExchange(request, found, this.options, startFailure);
  let reply =
    this.lifecycle?.isStarted === false
      ? loadAppLifecycle().handleOnceStarted(this, this.lifecycle, request, handle)
      : handle(this, request);
  if (request.method === 'HEAD') reply = loadHeadReply().toHeadReply(reply, request, this);
  return replyHook.see?.(request, reply, this) ?? reply;
}

/**
 * Runs the app's middleware, or else the route. Errors become replies, and the time is limited.
 *
 * @param isWithin whether the app's middleware is around it already: then it runs the route, and does not finish the reply
 */
function handle(dispatcher: Dispatcher, request: HttpRequest, isWithin = false): HttpReply | Promise<HttpReply> {
  const middleware = isWithin ? undefined : dispatcher.middleware;
  const finish = isWithin ? undefined : finishReply;
  const { match, startFailure } = exchangeOf(request);
  let reply: HttpReply | Promise<HttpReply>;
  try {
    if (middleware !== undefined) reply = middleware(request);
    else if (match.kind === 'route' && startFailure === undefined) reply = match.route.handle(request);
    else if (match.kind === 'file' && startFailure === undefined) reply = match.handle(request);
    else reply = loadFailureReplies().replyWithoutRoute(request, dispatcher.table.methods);
    if (reply instanceof Promise) reply = settle(dispatcher, reply, request, finish);
    else if (finish !== undefined) reply = finish(reply, request);
  } catch (error) {
    reply = loadFailureReplies().replyWithin(dispatcher, error, request, finish);
  }
  if (!(reply instanceof Promise)) return reply;
  return limitTime(reply, request, middleware === undefined ? ROUTE : MIDDLEWARE, dispatcher);
}

/** Apart, since a function with closures allocates for them in each call. */
function settle(
  dispatcher: Dispatcher,
  reply: Promise<HttpReply>,
  request: HttpRequest,
  finish: typeof finishReply | undefined,
): Promise<HttpReply> {
  return reply.then(finish && ((made) => finish(made, request)), (error: unknown) =>
    loadFailureReplies().replyWithin(dispatcher, error, request, finish),
  );
}
