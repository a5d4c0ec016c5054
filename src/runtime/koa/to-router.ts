import type Router from '@koa/router';
import type { App } from '../app.js';
import { openDispatcher } from '../dispatch/dispatcher.js';
import { AppRouter } from './app-router.js';

/** What {@link toRouter} takes. */
export interface RouterOptions {
  /** Stands before all paths: a plain path such as `/api`. Default: none. */
  prefix?: string;
}

/**
 * Makes a router of @koa/router that holds every route of the app, to be put on a Koa app of your own. It answers for
 * the paths that the app knows (405 and OPTIONS included) and passes every other on. Routes are named
 * `Controller.method`, for `router.url()`.
 *
 * @throws StartupError with every mistake in the app
 * @example
 * ```ts
 * koa.use(toRouter(app, { prefix: '/api' }).routes());
 * ```
 */
export function toRouter(app: App, options: RouterOptions = {}): Router {
  return new AppRouter(openDispatcher(app), options.prefix);
}
