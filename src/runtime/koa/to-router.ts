import type Router from '@koa/router';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';

/** Options of {@link toRouter}. */
export interface RouterOptions {
  /**
   * A path in front of all paths of the app, such as `/api`; see `KoaOptions`. Requests outside of it are passed on.
   * Default: none.
   */
  basePath?: string | undefined;
  /** The name of `basePath` at @koa/router. */
  prefix?: string | undefined;
}

/**
 * Makes a router of @koa/router that holds every route of the app, for a Koa app of your own. It replies on the paths
 * that the app has, 405 and OPTIONS included, and passes on every other request. Routes are named `Controller.method`,
 * for `router.url()`.
 *
 * @throws StartupError with every mistake in the app, TypeError for a base path that is not a plain path
 * @example
 * ```ts
 * koa.use(toRouter(app, { basePath: '/api' }).routes());
 * ```
 */
export function toRouter(app: App, options: RouterOptions = {}): Router {
  return new AppRouter(openDispatcher(app), options.basePath ?? options.prefix);
}
