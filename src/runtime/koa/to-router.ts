import type Router from '@koa/router';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';

/** Options of {@link toRouter}. */
export interface RouterOptions {
  /** A prefix of all paths: a plain path such as `/api`. Default: none. */
  prefix?: string;
}

/**
 * Makes a router of @koa/router that holds every route of the app, for a Koa app of your own. It replies on the paths
 * that the app has, 405 and OPTIONS included, and passes on every other request. Routes are named `Controller.method`,
 * for `router.url()`.
 *
 * @throws StartupError with every mistake in the app, TypeError for a prefix that is not a plain path
 * @example
 * ```ts
 * koa.use(toRouter(app, { prefix: '/api' }).routes());
 * ```
 */
export function toRouter(app: App, options: RouterOptions = {}): Router {
  return new AppRouter(openDispatcher(app), options.prefix);
}
