import type { Class } from './declarations/class.js';
import type { HttpRequest } from './http/http-request.js';
import type { LogRecord } from './http/log-record.js';
import type { Middleware } from './http/middleware.js';
import type { ProblemShape } from './http/problem.js';
import type { ViewEngine } from './views/view-engine.js';

/** What an app is made of. */
export interface AppOptions {
  /** The controllers, in any order. */
  controllers: readonly Class[];
  /** What `@Render` renders with, such as `nunjucks()` of `twodoors/views`. */
  views?: ViewEngine;
  /**
   * Gives a controller's instance, asked once for each, or for each request where the controller is `scope: 'request'`
   * (then it is told the request, and may be asynchronous): any dependency injection container fits.
   * Default: `new`, for controllers without constructor parameters.
   */
  resolve?: <T extends object>(type: new (...args: unknown[]) => T, request?: HttpRequest) => T | Promise<T>;
  /** Middleware around all that the app answers, its 404, 405, OPTIONS and errors included; the first is outermost. */
  use?: readonly Middleware[];
  /** A trailing slash makes another path. Default: false, one is ignored. */
  strict?: boolean;
  /** The case of literals in paths matters. Default: false. */
  caseSensitive?: boolean;
  /** How large a body may be that a handler binds, in bytes after decoding. Default: 1 MiB. */
  bodyLimit?: number;
  /** What happens to properties of a DTO that it does not declare. Default: `reject`, a 400. */
  unknownProperties?: 'reject' | 'strip' | 'keep';
  /** How long a request may take, in milliseconds, until `request.signal` fires and the answer is a 504. Default: no limit. */
  timeout?: number;
  /**
   * How many proxies stand between the client and the app (or the gateway), whose `x-forwarded-*` headers count for
   * `request.client`; `true` trusts all of them. Default: false, none.
   */
  trustProxy?: boolean | number;
  /**
   * Runs once before the first request is answered, awaited. A failure ends `serve`; behind other doors it answers the
   * requests that wait for it with a 500, and the next request tries again.
   */
  onStart?: () => void | Promise<void>;
  /** Runs once when the server has drained, or Lambda shuts the function down. */
  onStop?: () => void | Promise<void>;
  /**
   * Maps errors of every kind, those of the app's own layers above all: give an `HttpError` (or throw it), an answer, or
   * nothing to leave the error as it is.
   */
  onError?: (error: unknown, request: HttpRequest) => unknown;
  /**
   * Shapes every problem document, in one place: give the document that is sent instead, its `status` included (422 for
   * a 400, say), or a whole answer.
   */
  problem?: ProblemShape;
  /** Show the stack of a bug to browsers. Default: whether NODE_ENV is `development`. */
  development?: boolean;
  /**
   * Told of every error that becomes an answer of 500 or above; `record` is what a structured logger writes of it:
   * `(_error, _request, record) => pino.error(record)`. Default: `console.error`, behind Lambda with the record as one
   * line of JSON, behind Koa in words.
   */
  log?: (error: unknown, request: HttpRequest, record: LogRecord) => void;
}

/** An app: what `defineApp` gives, and every door takes. */
export interface App {
  readonly options: Readonly<AppOptions>;
}

/**
 * Names what an app consists of. Nothing is read or made yet: the first door does that, and reports every mistake.
 *
 * @example
 * ```ts
 * export const app = defineApp({ controllers: [HomeController, TodoController] });
 * ```
 */
export function defineApp(options: AppOptions): App {
  return Object.freeze({ options: Object.freeze({ ...options }) });
}
