import type { HttpRequest } from '../http/http-request.js';
import { sharedByCopies } from '../identity/copies.js';

/** What identifies a user: a number or a text, such as the key of a database. */
export type UserId = string | number;

/** The user of a session, as far as signing in needs it. */
export interface SessionUser {
  /** Who has signed in; undefined for nobody. */
  readonly userId: UserId | undefined;
  /**
   * Gives the session a user and a new identity. Its data is kept, unless it belonged to another user.
   *
   * @param lifetime in seconds after it was last written; undefined for that of all sessions
   * @throws Error where the reply is on its way
   */
  signIn(id: UserId, lifetime: number | undefined): void;
  /** Empties the session. @throws Error where the reply is on its way */
  signOut(): void;
  /** Takes the user out of the session, where it can still be written; the data is kept. */
  forgetUser(): void;
}

/**
 * Finds the session of a request; undefined where no `sessions()` runs for it. Without `of` until the module of sessions is
 * loaded, so that an app that knows its users by tokens does not carry sessions.
 */
export const sessionUsers = sharedByCopies<{ of?: (request: HttpRequest) => SessionUser | undefined }>(
  'session-users',
  {},
);
