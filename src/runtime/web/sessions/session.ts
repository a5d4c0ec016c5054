import { createParam } from '../../decorators/params.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Storable } from '../cookies/json-text.js';
import { openSessionOf } from './open-session.js';

/** What every session of the app may hold. Add your own members by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: users merge their own members into it
export interface SessionData {}

/** What a session does, beside holding data. */
export interface SessionControls {
  /**
   * Gives the session a new identity and keeps its data; call it after login, so that whoever knew the session before
   * does not share it. With a store the cookie gets a new id, and the record of the old one is deleted.
   */
  readonly regenerate: () => void;
  /** Removes all data, flashed messages included; for logout. With a store the record is deleted. */
  readonly clear: () => void;
}

type Members<T> = { [K in keyof T]?: Storable<T[K]> | undefined };

/**
 * A client's session: an object that is there again at the client's next request. Members are what JSON can hold; all of
 * them may be missing. Declare them for the whole app by merging {@link SessionData}, or on the spot:
 * `Session<{ cart: number[] }>`.
 *
 * @example
 * ```ts
 * // add(@Session() session: Session<{ cart: number[] }>, @Body('id') id: number) {
 * session.cart = [...(session.cart ?? []), id];
 * ```
 */
export type Session<T extends object = object> = SessionControls & Members<SessionData & T>;

/** The session of the request, as a parameter: `show(@Session() session: Session)`. */
export const Session: () => ParameterDecorator = /* @__PURE__ */ createParam((request) => sessionOf(request));

/**
 * The session of a request. The reply gets `Cache-Control: private, no-cache`, unless it has a
 * `Cache-Control` of its own, and `Vary: Cookie`.
 *
 * @throws Error where no `sessions()` runs for the request
 * @example
 * ```ts
 * const { userId } = sessionOf<{ userId: number }>(request);
 * ```
 */
export function sessionOf<T extends object = object>(request: HttpRequest): Session<T> {
  return openSessionOf(request).session as Session<T>;
}
