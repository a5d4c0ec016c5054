import type { AppOptions } from '../app.js';
import type { Middleware } from '../http/middleware.js';

/**
 * Middleware may have a function under this key: it returns what is wrong with the middleware's options in this app, each
 * with its fix. It is called when a door opens, and startup reports what it returns with all other mistakes.
 */
export const MIDDLEWARE_MISTAKES: unique symbol = Symbol.for('twodoors.mistakes') as never;

/** Returns what is wrong with a middleware in an app. */
export type FindMistakes = (app: Readonly<AppOptions>) => readonly string[];

/** Middleware that checks its own options at startup. */
export type CheckedMiddleware = Middleware & { readonly [MIDDLEWARE_MISTAKES]: FindMistakes };
