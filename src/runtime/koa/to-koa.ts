import Application, { type Context } from 'koa';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';

/** A Koa app; the default export of Koa's types cannot be named without `esModuleInterop`. */
type Koa = Context['app'];

/** Options of {@link toKoa}. */
export interface KoaOptions {
  /** Replaces a gateway's authorizer during development: what it returns is `request.claims`. Default: none. */
  claims?: ((context: Context) => Record<string, unknown> | undefined) | undefined;
  /**
   * A path in front of all paths of the app, such as `/api`: a plain path, compared as the paths of routes are. Requests
   * outside of it get a 404. Default: none.
   */
  basePath?: string | undefined;
}

/** The codes of Node's errors for a connection that is gone, or that its parser (`HPE_`) has given up. */
const CONNECTION_GONE = /^(?:ERR_STREAM_PREMATURE_CLOSE|ECONNRESET|EPIPE|HPE_\w+)$/;

/**
 * Makes a Koa app that replies to every request, including a 404 for unknown paths.
 *
 * @throws StartupError with every mistake in the app, TypeError for a base path that is not a plain path
 * @example
 * ```ts
 * http.createServer(toKoa(app).callback()).listen(3000);
 * ```
 */
export function toKoa(app: App, { claims, basePath }: KoaOptions = {}): Koa {
  const router = new AppRouter(openDispatcher(app), basePath);
  const koa = new Application();
  if (claims !== undefined) {
    koa.use((context, next) => {
      context.state['claims'] = () => claims(context);
      return next();
    });
  }
  // A reply breaks off when its source fails, which is logged already, or when the client leaves, which is not an error.
  koa.on('error', (error: NodeJS.ErrnoException) => {
    if (!CONNECTION_GONE.test(error.code ?? '')) koa.onerror(error);
  });
  koa.use(router.replyToAll());
  return koa;
}
