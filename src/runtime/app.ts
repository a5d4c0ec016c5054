import type { Class } from './declarations/class.js';
import type { PublicOption } from './declarations/public-folders.js';
import type { LogRecord } from './http/errors/log-record.js';
import type { ProblemShape } from './http/errors/problem.js';
import type { HttpRequest } from './http/http-request.js';
import type { Interceptor } from './http/interceptor.js';
import type { Middleware } from './http/middleware.js';
import type { OpenApiOptions } from './openapi/open-api-options.js';
import type { ViewEngine } from './views/view-engine.js';

/** Which other sites may send forms to an app. */
export interface CsrfOptions {
  /** Their origins as browsers write them, such as `https://pay.example`. Default: none. */
  trustedOrigins?: readonly string[] | undefined;
}

/** The options of an app. */
export interface AppOptions {
  /** The controllers, in any order. */
  controllers: readonly Class[];
  /** The engine for `@Render`, such as `nunjucks()` of `twodoors/views`. */
  views?: ViewEngine | undefined;
  /**
   * The folder of files that every client can read, such as `src/public`: its `app.css` is `/app.css`. Or several, each
   * `{ root, prefix, maxAge, immutable }`; of two files at one path that of the first folder counts. A route with the
   * same literal path beats a file. Default: none.
   */
  public?: PublicOption | undefined;
  /**
   * Creates a controller's instance; any dependency injection container fits. It is called once for each controller. For
   * controllers with `scope: 'request'` it is called once for each request, gets the request, and may be asynchronous.
   * Default: `new`, for controllers without constructor parameters.
   */
  resolve?:
    | (<T extends object>(type: new (...args: unknown[]) => T, request?: HttpRequest) => T | Promise<T>)
    | undefined;
  /** Middleware around every reply of the app, 404, 405, OPTIONS and errors included; the first is the outermost. */
  use?: readonly Middleware[] | undefined;
  /**
   * Functions that what handlers return passes through before it becomes the reply, after those of `@UseInterceptor`; the
   * first runs first.
   */
  interceptors?: readonly Interceptor[] | undefined;
  /** Whether `/todos` and `/todos/` are different paths. Default: false, one trailing slash is ignored. */
  strict?: boolean | undefined;
  /** Whether literals in paths are compared with their case. Default: false. */
  caseSensitive?: boolean | undefined;
  /**
   * The largest body, in bytes as sent and after decompression; a larger one is a 413 where it is read. `@BodyLimit` sets it
   * for a class or a method; files of `@UploadedFile` may come on top. Default: 1 MiB.
   */
  bodyLimit?: number | undefined;
  /**
   * What happens to names that a DTO does not declare: `reject` is a 400, `strip` drops them, `keep` keeps them. Unknown
   * headers and cookies are ignored, whatever this says. Default: `reject` for JSON, `strip` for forms and queries.
   */
  unknownProperties?: 'reject' | 'strip' | 'keep' | undefined;
  /**
   * Whether validators of a DTO's property do not run where it is missing or null, except `@IsDefined`; then no property of it
   * is required. Default: false.
   */
  skipMissingProperties?: boolean | undefined;
  /** Whether the first failed validator of a DTO's property is the only one that is reported. Default: false. */
  stopAtFirstError?: boolean | undefined;
  /**
   * The most mistakes of a request that are collected for its 400; the rest of the input is then not checked. Default:
   * 100.
   */
  maxErrors?: number | undefined;
  /** The time that a request has, in milliseconds; then `request.signal` fires and the reply is a 504. Default: no limit. */
  timeout?: number | undefined;
  /**
   * Which proxies in front of the app (or of the gateway) are trusted: how many, or their address ranges, such as
   * `['10.0.0.0/8', 'loopback']`. Their `x-forwarded-*` headers count for `request.client` and `originOf`. `true` trusts
   * all of them. Default: false, none.
   */
  trustProxy?: boolean | number | readonly string[] | undefined;
  /**
   * Scheme and host of the app as browsers see it, such as `https://example.com`. Set it wherever something in front of
   * the app changes the `Host` header, as CloudFront does. A function is called at each use, and the first time after
   * `onStart`: `() => process.env.PUBLIC_ORIGIN`, which a build need not know. Default: those of each request; see
   * `originOf`.
   */
  publicOrigin?: string | (() => string | undefined) | undefined;
  /**
   * A form that a page of another site has sent is a 403: a POST with a form's content type, `text/plain` or none.
   * `trustedOrigins`, such as `https://pay.example`, may send them all the same; `false` lets everybody. Default: only the
   * app's own pages, and clients that are not browsers. See also `@CsrfExempt`.
   */
  csrf?: CsrfOptions | false | undefined;
  /**
   * Runs once, before the first request is handled; the request waits for it. A failure ends `serve`. At other doors the
   * requests that wait get a 500, and the next request tries again.
   */
  onStart?: (() => void | Promise<void>) | undefined;
  /** Runs once, after the server has drained, or when Lambda shuts the function down. */
  onStop?: (() => void | Promise<void>) | undefined;
  /**
   * Maps any error, such as your own database layer's. Return (or throw) an `HttpError`, return a reply, or return
   * `undefined` to leave the error as it is.
   */
  onError?: ((error: unknown, request: HttpRequest) => unknown) | undefined;
  /**
   * Shapes all problem documents in one place. Return the document to send instead, with its `status` (such as 422 for a
   * 400), or a whole reply; it may be asynchronous. It runs inside the middleware around the failure.
   */
  problem?: ProblemShape | undefined;
  /**
   * Serves an OpenAPI document of the app at `path`, and at `ui` a page that shows it and tries its operations. Default: none.
   */
  openapi?: OpenApiOptions | undefined;
  /** Whether browsers see the stack of a bug. Default: true if NODE_ENV is `development`. */
  development?: boolean | undefined;
  /**
   * Called with every error that the client does not see: each reply with a status of 500 or above (except the 501 of an
   * unknown method), and each error with a status that does not say `expose: true`, except 404s. `record` is the same for a
   * structured logger: `(_error, _request, record) => pino.error(record)`. Default: `console.error`; on Lambda the record as
   * one line of JSON, on Koa text.
   */
  log?: ((error: unknown, request: HttpRequest, record: LogRecord) => void) | undefined;
}

/** An app: `defineApp` returns it, and every door takes it. */
export interface App {
  readonly options: Readonly<AppOptions>;
}

/**
 * Defines an app. Nothing is read or constructed yet: the first door does that, and reports every mistake.
 *
 * @example
 * ```ts
 * export const app = defineApp({ controllers: [HomeController, TodoController] });
 * ```
 */
export function defineApp(options: AppOptions): App {
  return Object.freeze({ options: Object.freeze({ ...options }) });
}
