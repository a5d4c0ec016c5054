import { parseSetCookie } from 'cookie';
import { currentTime } from '../http/clock.js';

/** A cookie that a client keeps. */
export interface KeptCookie {
  readonly name: string;
  readonly value: string;
  /** Without a dot in front. */
  readonly domain: string;
  /** Whether it is sent to the host alone that has set it, and not to its subdomains. */
  readonly isHostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** In milliseconds since 1970; undefined until the client is closed. */
  readonly expiresAt: number | undefined;
}

/** The longest cookie that browsers keep, in bytes. */
const LONGEST = 4096;

/** Keeps cookies as a browser does: by name, domain and path, until they expire (RFC 6265 §5.3, §5.4). */
export class CookieJar {
  readonly #cookies = new Map<string, KeptCookie>();

  /** Takes a cookie over, or drops it where a browser would. @param header a whole `Set-Cookie` value */
  add(header: string, url: URL): void {
    const cookie = readCookie(header, url);
    if (cookie === undefined) return;
    const identity = `${cookie.name}\n${cookie.domain}\n${cookie.path}`;
    // In the place of the one before it: cookies are sent in the order in which they came.
    if (isExpired(cookie)) this.#cookies.delete(identity);
    else this.#cookies.set(identity, cookie);
  }

  /** All cookies that have not expired. */
  get all(): readonly KeptCookie[] {
    return [...this.#cookies.values()].filter((cookie) => !isExpired(cookie));
  }

  /** The `cookie` header for a URL; undefined where no cookie is for it. */
  headerFor({ hostname, pathname, protocol }: URL): string | undefined {
    const sent = this.all
      .filter(({ domain, isHostOnly }) => hostname === domain || (!isHostOnly && isBelow(hostname, domain)))
      .filter(({ path, secure }) => (!secure || protocol === 'https:') && isInPath(pathname, path))
      .toSorted((a, b) => b.path.length - a.path.length);
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Removes the cookies that live until the client is closed. */
  endSession(): void {
    for (const [identity, { expiresAt }] of this.#cookies) if (expiresAt === undefined) this.#cookies.delete(identity);
  }
}

function readCookie(header: string, { hostname, pathname, protocol }: URL): KeptCookie | undefined {
  if (header.length > LONGEST) return undefined;
  // As it was sent: a browser does not decode it.
  const value = /^[^=;]*=[ \t]*([^;]*?)[ \t]*(?:;|$)/.exec(header)?.[1];
  const { name, domain, path, secure = false, httpOnly = false, maxAge, expires } = parseSetCookie(header);
  if (value === undefined || name === '') return undefined;
  const ofDomain = domain?.replace(/^\./, '').toLowerCase() || undefined;
  if (ofDomain !== undefined && hostname !== ofDomain && !isBelow(hostname, ofDomain)) return undefined;
  if (secure && protocol !== 'https:') return undefined;
  const own = path?.startsWith('/') === true ? path : defaultPath(pathname);
  if (/^__Secure-/i.test(name) && !secure) return undefined;
  if (/^__Host-/i.test(name) && (!secure || ofDomain !== undefined || path !== '/')) return undefined;
  return {
    name,
    value,
    domain: ofDomain ?? hostname,
    isHostOnly: ofDomain === undefined,
    path: own,
    secure,
    httpOnly,
    expiresAt: maxAge !== undefined ? currentTime() + maxAge * 1000 : expires?.getTime(),
  };
}

function isExpired({ expiresAt }: KeptCookie): boolean {
  return expiresAt !== undefined && expiresAt <= currentTime();
}

/** Whether a host is a subdomain of another; an address has none. */
function isBelow(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !/^[\d.]+$|^\[/.test(host);
}

function isInPath(path: string, ofCookie: string): boolean {
  return path === ofCookie || (path.startsWith(ofCookie) && (ofCookie.endsWith('/') || path[ofCookie.length] === '/'));
}

function defaultPath(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}
