import Koa from 'koa';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';

/** Options of {@link toKoa}. */
export interface KoaOptions {
  /** Replaces a gateway's authorizer during development: what it returns is `request.claims`. Default: none. */
  claims?: (context: Koa.Context) => Record<string, unknown> | undefined;
}

/** The codes of Node's errors for a connection that is gone. */
const CONNECTION_GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/**
 * Makes a Koa app that replies to every request, including a 404 for unknown paths.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * http.createServer(toKoa(app).callback()).listen(3000);
 * ```
 */
export function toKoa(app: App, { claims }: KoaOptions = {}): Koa {
  const router = new AppRouter(openDispatcher(app));
  const koa = new Koa();
  if (claims !== undefined) {
    koa.use((context, next) => {
      context.state['claims'] = () => claims(context);
      return next();
    });
  }
  // A reply breaks off when its source fails, which is logged already, or when the client leaves, which is not an error.
  koa.on('error', (error: NodeJS.ErrnoException) => {
    if (!CONNECTION_GONE.has(error.code ?? '')) koa.onerror(error);
  });
  koa.use(router.replyToAll());
  return koa;
}
