import { type AppCheck, appChecks } from '../declarations/app-checks.js';
import { BadRequestError } from '../http/errors/http-errors.js';
import type { HttpRequest } from '../http/http-request.js';
import { clientTraceOf } from '../http/request-access.js';
import { appOf } from './app-of.js';

/** Where the app stands, as its clients see it. */
export interface AppOrigin {
  readonly scheme: 'http' | 'https';
  /** In lower case, with the port where it is not the scheme's own. */
  readonly host: string;
  /** Scheme and host, as a browser's `Origin` header has them: `https://example.com`. */
  readonly origin: string;
}

/**
 * Where the app stands, as the client of this request sees it: `publicOrigin` of `defineApp`, else the scheme of the
 * connection (or of the gateway) and the `Host` header. With `trustProxy`, `x-forwarded-proto` and `x-forwarded-host`
 * of the trusted proxies count.
 *
 * Without `publicOrigin` the host is what the client wrote. Do not send links to others with it, such as in an email.
 *
 * @throws BadRequestError where there is no `publicOrigin`, and the host is missing or is not a host
 * @throws TypeError where `publicOrigin` is a function, and what it returns is not an origin
 * @example
 * ```ts
 * originOf(request).origin; // 'https://example.com'
 * ```
 */
export function originOf(request: HttpRequest): AppOrigin {
  const scheme = schemeOf(request);
  const own = publicOriginOf(request);
  if (own !== undefined) return { scheme, host: own.slice(scheme.length + '://'.length), origin: own };
  const written = clientTraceOf(request).host ?? request.headers['host'] ?? '';
  const host = normaliseHost(written, scheme);
  if (host === undefined) throw new BadRequestError('The request has no valid Host header');
  return { scheme, host, origin: `${scheme}://${host}` };
}

/** The scheme alone, by the rules of {@link originOf}; for cookies, which need no host. */
export function schemeOf(request: HttpRequest): 'http' | 'https' {
  const own = publicOriginOf(request);
  if (own === undefined) return request.client.protocol;
  return own.startsWith('http:') ? 'http' : 'https';
}

/** The app's own origin, in its normal form: text is checked at startup, what a function returns at each use. */
function publicOriginOf(request: HttpRequest): string | undefined {
  const { publicOrigin } = appOf(request);
  if (typeof publicOrigin !== 'function') return publicOrigin;
  const origin: unknown = publicOrigin();
  if (origin === undefined || isOrigin(origin)) return origin;
  throw new TypeError(`defineApp, publicOrigin: ${mistakeOf(origin)}`);
}

const HOST = /^(?:[a-z\d](?:[a-z\d._-]*[a-z\d])?\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/;

/** A host in lower case, without the scheme's own port; undefined where it is not a host (RFC 9110 §7.2). */
function normaliseHost(text: string, scheme: 'http' | 'https'): string | undefined {
  const host = text.toLowerCase();
  if (!HOST.test(host)) return undefined;
  return host.replace(scheme === 'https' ? /:443$/ : /:80$/, '');
}

/** Whether this is an origin as a browser writes it (RFC 6454 §6.2): in lower case, without the scheme's own port. */
function isOrigin(text: unknown): text is string {
  return typeof text === 'string' && /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const checkPublicOrigin: AppCheck = ({ publicOrigin }, mistakes) => {
  if (publicOrigin === undefined || typeof publicOrigin === 'function' || isOrigin(publicOrigin)) return;
  mistakes.at({ option: 'publicOrigin' }).add('invalid-option', mistakeOf(publicOrigin));
};

function mistakeOf(origin: unknown): string {
  return `${JSON.stringify(origin)} is not an origin. Write scheme and host alone, without a path or a slash at the end, such as 'https://example.com'.`;
}

appChecks.add(checkPublicOrigin);
