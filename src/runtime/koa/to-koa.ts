import Koa from 'koa';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';
import { fromKoa, pathOf } from './koa-request.js';
import { writeReply } from './write-reply.js';

/** What {@link toKoa} takes. */
export interface KoaOptions {
  /** Stands in, in development, for the authorizer of a gateway: what it gives is `request.claims`. Default: none. */
  claims?: (context: Koa.Context) => Record<string, unknown> | undefined;
}

/** What Node says of a connection that is gone. */
const CUT_OFF = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/**
 * Makes a Koa app that answers every request as the app says, 404 included.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * http.createServer(toKoa(app).callback()).listen(3000);
 * ```
 */
export function toKoa(app: App, { claims }: KoaOptions = {}): Koa {
  const dispatcher = openDispatcher(app);
  const koa = new Koa();
  if (claims !== undefined) {
    koa.use((context, next) => {
      context.state['claims'] = () => claims(context);
      return next();
    });
  }
  // An answer that is cut off, because its source failed or the client left, is no news here: what failed is logged.
  koa.on('error', (error: NodeJS.ErrnoException) => {
    if (!CUT_OFF.has(error.code ?? '')) koa.onerror(error);
  });
  koa.use(new AppRouter(dispatcher).routes() as unknown as Koa.Middleware);
  koa.use(async (context) => {
    const request = fromKoa(context, pathOf(context));
    await writeReply(await dispatcher.dispatch(request), context, request, dispatcher);
  });
  return koa;
}
