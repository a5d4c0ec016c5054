import type { Middleware } from '../../http/middleware.js';
import type { MethodRecord } from './controller-record.js';

/**
 * What middleware of ours is, for whoever plans an app: it decides what must stand before what, and what clients need. It
 * is under this key, so that other middleware has none, and another copy of twodoors reads it.
 */
export const MIDDLEWARE_ROLE: unique symbol = Symbol.for('twodoors.role') as never;

/** The role of a middleware. */
export type MiddlewareRole =
  | { readonly kind: 'sessions'; readonly cookie: string }
  | { readonly kind: 'auth'; readonly schemes: readonly AuthScheme[]; readonly loginUrl: string | undefined }
  | { readonly kind: 'login'; readonly decorator: '@LoginRequired' | '@CurrentUser' };

/** How clients say who they are: `other` for an identifier of the app's own. */
export type AuthScheme = 'session' | 'bearer' | 'basic' | 'other';

/** Middleware that has a role. */
export interface RoleHolder {
  readonly [MIDDLEWARE_ROLE]: MiddlewareRole;
}

/** The role of a middleware; undefined where it has none. */
export function roleOf(middleware: Middleware): MiddlewareRole | undefined {
  return typeof middleware === 'function' ? (middleware as Partial<RoleHolder>)[MIDDLEWARE_ROLE] : undefined;
}

/** Whether a route is only for users who have signed in, or reads the user where there is one. */
export type LoginNeed = 'required' | 'optional';

/**
 * What a route needs of signing in; undefined where it needs nothing.
 *
 * @param uses the middleware of the class and its bases, and of the method
 */
export function loginNeedOf({ params }: MethodRecord, uses: readonly Middleware[]): LoginNeed | undefined {
  if (uses.some((use) => roleOf(use)?.kind === 'login')) return 'required';
  return params.some(({ decorator }) => decorator === '@CurrentUser') ? 'optional' : undefined;
}

/** The name of the decorator that has put a middleware on a class or a method. */
export function decoratorOfUse(use: Middleware): string {
  const role = roleOf(use);
  return role?.kind === 'login' ? role.decorator : '@Use';
}
