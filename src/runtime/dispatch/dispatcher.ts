import type { App, AppOptions } from '../app.js';
import { loadPublicFiles } from '../files/public-files.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import type { RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { closeBody, finishReply, ownBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { findVersionConflict, sharedByCopies } from '../identity/copies.js';
import type { Match } from '../link/matching/match.js';
import { openRouteTable, type RouteTable } from '../link/route-table.js';
import { loadApiRoutes } from '../openapi/serve/api-routes.lazy.js';
import { loadAppLifecycle } from './app-lifecycle.lazy.js';
import type { ErrorReplier } from './error-replies.js';
import { loadErrorReplies } from './error-replies.lazy.js';
import { exchangeOf, openExchange } from './exchange.js';
import type { Interruptions } from './interruptions.js';
import { type Lifecycle, WITHOUT_HOOKS } from './lifecycle.js';
import { loadRefusal } from './refusal.lazy.js';
import { replyHook } from './reply-hook.js';
import { limitTime, type Stage, type TimeLimits } from './timeout.js';
import { loadVersionFailure } from './version-failure.lazy.js';

/** The innermost stage: the route, with its own middleware. */
const ROUTE: Stage = { subject: 'The request', grace: 0 };
/** Around it: it passes on the 504 or 503 of what is inside. */
const MIDDLEWARE: Stage = { subject: "The app's middleware", grace: 100 };

const UNKNOWN: Match = { kind: 'unknown' };

/** Takes over the body of a reply. */
type Finish = (reply: HttpReply, request: HttpRequest) => HttpReply | Promise<HttpReply>;

const dispatchers = sharedByCopies('dispatchers', () => new WeakMap<App, Dispatcher>());

/**
 * Checks and links an app, once: all doors of a process share its dispatcher, so that each controller is constructed once.
 * A failure is not kept: the next call tries again.
 *
 * @throws StartupError with every mistake
 */
export function openDispatcher(app: App): Dispatcher {
  const conflict = findVersionConflict();
  if (conflict !== undefined) throw loadVersionFailure().versionFailure(conflict);
  let dispatcher = dispatchers.get(app);
  if (dispatcher === undefined) {
    dispatcher = new Dispatcher(app.options);
    dispatchers.set(app, dispatcher);
  }
  return dispatcher;
}

/** A running app: what every door hands its requests to. */
export class Dispatcher implements TimeLimits {
  readonly options: Readonly<AppOptions>;
  readonly table: RouteTable;
  readonly lifecycle: Lifecycle;
  /** Makes a reply to an error, and logs it where it is a bug. */
  readonly replyToError: ErrorReplier;
  /** Set by a door that can shut down; from then on it can end the exchanges under way. */
  interruptions: Interruptions | undefined;
  /** The app's middleware around the route; undefined for an app without middleware. */
  readonly #runMiddleware: RequestHandler | undefined;

  /** @throws StartupError with every mistake */
  constructor(given: Readonly<AppOptions>) {
    const options = given.openapi === undefined ? given : loadApiRoutes().withApiRoutes(given);
    const { use = [] } = options;
    this.options = options;
    this.table = options.public === undefined ? openRouteTable(options) : loadPublicFiles().openTableWithFiles(options);
    this.lifecycle = openLifecycle(options);
    this.replyToError = openErrorReplier(options);
    this.interruptions = undefined;
    this.#runMiddleware =
      use.length === 0
        ? undefined
        : loadMiddleware().composeMiddleware(use, this.#handleRoute.bind(this), this.#replyTo.bind(this));
  }

  /**
   * Replies to a request. Never throws and never rejects.
   *
   * @param match what the target leads to, where the door has looked it up already
   */
  dispatch(request: HttpRequest, match?: Match): HttpReply | Promise<HttpReply> {
    if (match === undefined) this.#openExchange(request);
    else openExchange(request, match, this.options);
    const reply = this.lifecycle.isStarted ? this.#handle(request) : this.#startAndHandle(request);
    return replyHook.see?.(request, reply, this) ?? reply;
  }

  /** Opens the exchange of a request by its target. A route whose plan is stale may fail to be read afresh. */
  #openExchange(request: HttpRequest): void {
    try {
      openExchange(request, this.table.match(request.method, request.path), this.options);
    } catch (error) {
      openExchange(request, UNKNOWN, this.options);
      exchangeOf(request).startFailure = { error };
    }
  }

  /** Makes the reply to what fails while a door sends another one, such as a body. Never throws and never rejects. */
  replyToLateError(error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    const reply = this.replyToError(error, request);
    return replyHook.see?.(request, reply, this) ?? reply;
  }

  #startAndHandle(request: HttpRequest): Promise<HttpReply> {
    const { handleOnceStarted } = loadAppLifecycle();
    return handleOnceStarted(request, this.#handle.bind(this), this.lifecycle, this);
  }

  #handle(request: HttpRequest): HttpReply | Promise<HttpReply> {
    const runMiddleware = this.#runMiddleware;
    const reply =
      runMiddleware === undefined
        ? this.#handleRoute(request)
        : limitTime(this.#catchErrors(runMiddleware, request, finishReply), request, MIDDLEWARE, this);
    if (request.method !== 'HEAD') return reply;
    return reply instanceof Promise ? reply.then(withoutBody) : withoutBody(reply);
  }

  /** Runs the route, or replies that no route matches. Errors become replies, and the time is limited. */
  #handleRoute(request: HttpRequest): HttpReply | Promise<HttpReply> {
    const { match, startFailure } = exchangeOf(request);
    const finish = this.#runMiddleware === undefined ? finishReply : undefined;
    const reply =
      startFailure !== undefined
        ? this.#replyTo(startFailure.error, request, finish)
        : match.kind === 'route'
          ? this.#catchErrors(match.route.handle, request, finish)
          : match.kind === 'file'
            ? this.#catchErrors(match.handle, request, finish)
            : this.#replyWithoutRoute(match, request, finish);
    return limitTime(reply, request, ROUTE, this);
  }

  /** Replies to `OPTIONS`, and refuses any other request that no route takes. */
  #replyWithoutRoute(match: Match, request: HttpRequest, finish?: Finish): HttpReply | Promise<HttpReply> {
    const { refusal, replyToOptions } = loadRefusal();
    return (
      replyToOptions(match, request) ??
      this.#replyTo(refusal(match, request.method, this.table.methods), request, finish)
    );
  }

  /**
   * Runs a handler; an error becomes the reply to it.
   *
   * @param finish applied to the handler's reply
   */
  #catchErrors(handle: RequestHandler, request: HttpRequest, finish?: Finish): HttpReply | Promise<HttpReply> {
    try {
      const reply = handle(request);
      if (reply instanceof Promise) return this.#catchRejection(reply, request, finish);
      return finish === undefined ? reply : finish(reply, request);
    } catch (error) {
      return this.#replyTo(error, request, finish);
    }
  }

  /** Apart, since a function with closures allocates for them in each call. */
  #catchRejection(reply: Promise<HttpReply>, request: HttpRequest, finish: Finish | undefined): Promise<HttpReply> {
    return reply.then(finish && ((made) => finish(made, request)), (error: unknown) =>
      this.#replyTo(error, request, finish),
    );
  }

  /** Makes the reply to an error in an exchange. */
  #replyTo(error: unknown, request: HttpRequest, finish: Finish = ownBody): HttpReply | Promise<HttpReply> {
    const reply = this.replyToError(error, request);
    return reply instanceof Promise ? reply.then((made) => finish(made, request)) : finish(reply, request);
  }
}

function openLifecycle(options: Readonly<AppOptions>): Lifecycle {
  const hasHooks = options.onStart !== undefined || options.onStop !== undefined;
  return hasHooks ? loadAppLifecycle().createLifecycle(options) : WITHOUT_HOOKS;
}

/** The error replier of an app, made for its first error. */
function openErrorReplier(options: Readonly<AppOptions>): ErrorReplier {
  let replier: ErrorReplier | undefined;
  return function replyToError(error, request, onErrorTime) {
    replier ??= loadErrorReplies().createErrorReplier(options);
    return replier(error, request, onErrorTime);
  };
}

/** HEAD: GET's headers without its body; a stream is closed, not drained (RFC 9110 §9.3.2). */
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
