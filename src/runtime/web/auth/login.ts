import type { HttpRequest } from '../../http/http-request.js';
import { type SessionUser, sessionUsers, type UserId } from '../session-users.js';
import type { UserIdOfApp, UserOfApp } from './auth-types.js';
import { openAuthOf } from './open-auth.js';

/** What {@link login} takes beside the user. */
export interface LoginOptions {
  /**
   * Whether the session outlives the browser: `true` for 31 days after its last use, or a number of seconds. Default: false,
   * it lives as all sessions of the app do.
   */
  remember?: boolean | number | undefined;
}

/** How long a session lives that is to be remembered, in seconds. */
const REMEMBERED = 31 * 24 * 3600;

/** The longest time that browsers keep a cookie, in seconds: 400 days (RFC 6265bis §5.5). */
const LONGEST = 400 * 24 * 3600;

/**
 * Signs a user in: from the next request on, the session belongs to this user. Check the password before. The session gets
 * a new identity, so that whoever knew it before does not share it; its data is kept, unless it belonged to another user.
 *
 * @throws Error where no `auth()` or no `sessions()` runs for the request, and where the reply is on its way; TypeError for
 *   an id that is neither a number nor a text; RangeError for a time that no cookie can live
 * @example
 * ```ts
 * login(request, user.id, { remember: input.remember });
 * return redirectBack(request, '/');
 * ```
 */
export function login(request: HttpRequest, userId: UserIdOfApp, { remember = false }: LoginOptions = {}): void {
  const open = openAuthOf(request);
  assertId(userId);
  const lifetime = remember === true ? REMEMBERED : remember === false ? undefined : remember;
  if (lifetime !== undefined && !(Number.isInteger(lifetime) && lifetime > 0 && lifetime <= LONGEST)) {
    throw new RangeError(
      `login, remember: ${lifetime} is not a whole number of seconds from 1 to ${LONGEST} (400 days).`,
    );
  }
  sessionUserOf(request, 'login').signIn(userId, lifetime);
  open.reset();
}

/**
 * Signs the user out: the session is emptied, its data and flashed messages included. A message that is flashed after it
 * is shown at the next request.
 *
 * A client that sends a token or a password with each request stays known: that is its own to end.
 *
 * @throws Error where no `auth()` or no `sessions()` runs for the request, and where the reply is on its way
 */
export function logout(request: HttpRequest): void {
  const open = openAuthOf(request);
  sessionUserOf(request, 'logout').signOut();
  open.reset();
}

/**
 * The user of a request; undefined for a client that is not known. It is loaded once a request.
 *
 * @throws Error where no `auth()` runs for the request; what `loadUser` throws
 * @example
 * ```ts
 * const user = await currentUser(request);
 * ```
 */
export async function currentUser<User extends object = UserOfApp>(request: HttpRequest): Promise<User | undefined> {
  return (await openAuthOf(request).user()) as User | undefined;
}

function sessionUserOf(request: HttpRequest, by: string): SessionUser {
  const found = sessionUsers.of?.(request);
  if (found !== undefined) return found;
  throw new Error(
    `${by}() needs a session. Add sessions({ secret }) of twodoors/sessions to "use:" of defineApp, before auth().`,
  );
}

function assertId(id: UserId): void {
  if ((typeof id === 'string' && id !== '') || (typeof id === 'number' && Number.isFinite(id))) return;
  throw new TypeError(
    `login() needs the id of a user, a number or a text that is not empty; it got ${id === null ? 'null' : typeof id === 'string' ? "''" : typeof id}.`,
  );
}
