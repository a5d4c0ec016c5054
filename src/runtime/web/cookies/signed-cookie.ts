import type { HttpRequest } from '../../http/http-request.js';
import type { CookieOptions, DeletedCookieOptions } from './cookie-options.js';
import type { Storable } from './json-text.js';
import { keysOf, type Secret } from './secret.js';
import { deleteCookie, setCookie } from './set-cookie.js';
import type { Purpose } from './signature.js';
import { signJson, unsignJson } from './token.js';

/** What {@link signedCookie} takes beside the name: the secret, and the cookie's attributes. */
export interface SignedCookieOptions extends Omit<CookieOptions, 'expires'> {
  secret: Secret;
}

/** One cookie whose value clients can read but not change. */
export interface SignedCookie<T> {
  readonly name: string;
  /** The value; undefined where there is no cookie, where it was changed, and where it is older than `maxAge`. */
  get(request: HttpRequest): T | undefined;
  /** @throws TypeError for a value that JSON would change; else as `setCookie` */
  set(request: HttpRequest, value: T & Storable<T>): void;
  delete(request: HttpRequest): void;
}

/**
 * Makes a cookie that holds a value as JSON, signed: clients can read the value, but what they change is refused. With
 * `maxAge` (in seconds) an older one is refused as well, whatever the browser keeps.
 *
 * The value goes into a cookie of 4 KB, and an old one can be sent again: it is not the place for a balance.
 *
 * @example
 * ```ts
 * const preferences = signedCookie<{ theme: string }>('preferences', { secret, maxAge: 365 * 24 * 3600 });
 * preferences.set(request, { theme: 'dark' });
 * preferences.get(request)?.theme;
 * ```
 */
export function signedCookie<T>(name: string, options: SignedCookieOptions): SignedCookie<T> {
  const { secret, ...attributes } = options;
  const where = `signedCookie, ${JSON.stringify(name)}`;
  const purpose: Purpose = { kind: 'cookie', name };
  return {
    name,
    get(request) {
      const keys = keysOf(secret, where);
      const cookie = request.cookies[name];
      return cookie === undefined ? undefined : (unsignJson(cookie, purpose, keys, options.maxAge)?.value as T);
    },
    set(request, value) {
      setCookie(request, name, signJson(value, `The value of ${where}`, purpose, keysOf(secret, where)), attributes);
    },
    delete(request) {
      deleteCookie(request, name, attributes satisfies DeletedCookieOptions);
    },
  };
}
