import { stringifySetCookie } from 'cookie';
import type { HttpRequest } from '../../http/http-request.js';
import { schemeOf } from '../../http/origin/origin.js';
import type { CookieOptions, DeletedCookieOptions } from './cookie-options.js';
import { queueCookie } from './cookie-queue.js';

/** The longest cookie that every browser keeps, in bytes: name, value and attributes (RFC 6265 §6.1). */
export const LONGEST_COOKIE = 4096;

/**
 * Sets a cookie, on whatever reply this request gets: a page, an error, a 504. Of several with the same name, domain and
 * path the last one counts, also over `cookies` of an `HttpReply`.
 *
 * The defaults are the safe ones: `HttpOnly`, `SameSite=Lax`, `Path=/`, `Secure` where the request is https, no domain,
 * until the browser is closed. The value is percent-encoded as far as it must be; `request.cookies` and `@Cookie` decode
 * it.
 *
 * @throws TypeError for a name, value or attribute that would break out of its place, and for one that browsers refuse;
 *   RangeError above 4,096 bytes; Error where the reply is on its way, as in a generator
 * @see https://www.rfc-editor.org/rfc/rfc6265
 * @example
 * ```ts
 * setCookie(request, 'theme', 'dark', { maxAge: 365 * 24 * 3600 });
 * ```
 */
export function setCookie(request: HttpRequest, name: string, value: string, options: CookieOptions = {}): void {
  queueCookie(request, toHeader(request, name, value, options), `setCookie, ${JSON.stringify(name)}`);
}

/**
 * Deletes a cookie in the browser. Give the `domain` and `path` that it was set with.
 *
 * @throws as {@link setCookie}
 * @example
 * ```ts
 * deleteCookie(request, 'theme');
 * ```
 */
export function deleteCookie(request: HttpRequest, name: string, options: DeletedCookieOptions = {}): void {
  const { domain, path, secure, sameSite, partitioned } = options;
  const attributes = { domain, path, secure, sameSite, partitioned, maxAge: 0, expires: new Date(0) };
  const header = toHeader(request, name, '', attributes as CookieOptions);
  queueCookie(request, header, `deleteCookie, ${JSON.stringify(name)}`);
}

/** A whole `Set-Cookie` value. */
function toHeader(request: HttpRequest, name: string, value: string, options: CookieOptions): string {
  const mistake = cookieMistake(name, options) ?? valueMistake(value);
  if (mistake !== undefined) throw new TypeError(`The cookie ${JSON.stringify(name)}: ${mistake}`);
  const { httpOnly = true, sameSite = 'lax', path = '/', ...others } = options;
  const secure = options.secure ?? (mustBeSecure(name, options) || schemeOf(request) === 'https');
  let header: string;
  try {
    header = stringifySetCookie(name, value, { ...others, httpOnly, sameSite, path, secure } as object);
  } catch (error) {
    throw new TypeError(`The cookie ${JSON.stringify(name)}: ${(error as Error).message}`, { cause: error });
  }
  if (header.length > LONGEST_COOKIE) {
    throw new RangeError(
      `The cookie ${JSON.stringify(name)} has ${header.length} bytes with its attributes, and browsers drop a cookie above ${LONGEST_COOKIE}. Store less in it.`,
    );
  }
  return header;
}

function mustBeSecure(name: string, { sameSite, partitioned }: CookieOptions): boolean {
  return /^__(?:Host|Secure)-/i.test(name) || sameSite === 'none' || partitioned === true;
}

/** What is wrong with a cookie's name and attributes, whatever its value; undefined where nothing is. */
export function cookieMistake(name: string, options: CookieOptions): string | undefined {
  const { domain, path = '/', secure } = options;
  // RFC 9110 §5.6.2: what is not a token is read differently by different servers.
  if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name)) {
    return 'its name is not a token. Use letters, digits and - _ . alone.';
  }
  if (!path.startsWith('/')) return `its path ${JSON.stringify(path)} must begin with a slash.`;
  if (/[;\x00-\x1f\x7f]/.test(`${path}${domain ?? ''}`)) {
    return 'a semicolon or a control character in its path or domain would inject attributes. Remove it.';
  }
  // RFC 6265bis §4.1.3.2: browsers drop it otherwise.
  if (/^__Host-/i.test(name) && (domain !== undefined || path !== '/')) {
    return 'a name with the prefix __Host- must have the path "/" and no domain. Remove both options, or the prefix.';
  }
  if (secure === false && mustBeSecure(name, options)) {
    return 'browsers drop it without Secure. Remove "secure: false", or the prefix, "sameSite: \'none\'" or "partitioned" that needs it.';
  }
  return undefined;
}

function valueMistake(value: unknown): string | undefined {
  if (typeof value !== 'string') return `its value must be a string, not ${value === null ? 'null' : typeof value}.`;
  if (/[;\x00-\x1f\x7f]/.test(value)) {
    return 'a semicolon or a control character in its value would inject attributes. Encode the value, or use signedCookie, which takes any JSON.';
  }
  return value.isWellFormed() ? undefined : 'its value has half of a surrogate pair. Send whole characters.';
}
