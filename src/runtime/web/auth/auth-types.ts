import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import type { UserId } from '../session-users.js';

/** Middleware that knows the users of an app; `auth()` makes it. */
export interface Auth<User extends object, Id extends UserId> extends Middleware {
  /** For types alone: nothing has this member. */
  readonly loads?: (id: Id, request: HttpRequest) => User;
}

/**
 * The types of signing in. Merge `auth` into it once, and `login` takes the ids of your users, `currentUser` gives them:
 *
 * ```ts
 * declare module 'twodoors/auth' {
 *   interface AuthTypes { auth: typeof signingIn }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: users merge their own member into it
export interface AuthTypes {}

/** The id of a user, as `loadUser` takes it; a number or a text where {@link AuthTypes} has no `auth`. */
export type UserIdOfApp = AuthTypes extends { auth: Auth<infer _User, infer Id> } ? Id : UserId;

/** A user, as `loadUser` gives it; an `object` where {@link AuthTypes} has no `auth`. */
export type UserOfApp = AuthTypes extends { auth: Auth<infer User, infer _Id> } ? User : object;
