import { BadRequestError } from '../errors/http-errors.js';
import type { HttpRequest } from '../http-request.js';
import { loadRequestParts } from '../request/request-parts.lazy.js';
import { getExchange } from '../request-access.js';
import { publicOriginOf } from './public-origin.js';

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
 * @example
 * ```ts
 * originOf(request).origin; // 'https://example.com'
 * ```
 */
export function originOf(request: HttpRequest): AppOrigin {
  const origin = findOrigin(request);
  if (origin === undefined) throw new BadRequestError('The request has no valid Host header');
  return origin;
}

/** As {@link originOf}; undefined where it would throw. */
export function findOrigin(request: HttpRequest): AppOrigin | undefined {
  const scheme = schemeOf(request);
  const own = publicOriginOf(getExchange(request).app);
  if (own !== undefined) return { scheme, host: own.slice(scheme.length + '://'.length), origin: own };
  const written = loadRequestParts().clientTraceOf(request).host ?? request.headers['host'] ?? '';
  const host = normaliseHost(written, scheme);
  return host === undefined ? undefined : { scheme, host, origin: `${scheme}://${host}` };
}

/** The scheme alone, by the rules of {@link originOf}; for cookies, which need no host. */
export function schemeOf(request: HttpRequest): 'http' | 'https' {
  const own = publicOriginOf(getExchange(request).app);
  if (own === undefined) return request.client.protocol;
  return own.startsWith('http:') ? 'http' : 'https';
}

const HOST = /^(?:[a-z\d](?:[a-z\d._-]*[a-z\d])?\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/;

/** A host in lower case, without the scheme's own port; undefined where it is not a host (RFC 9110 §7.2). */
function normaliseHost(text: string, scheme: 'http' | 'https'): string | undefined {
  const host = text.toLowerCase();
  if (!HOST.test(host)) return undefined;
  return host.replace(scheme === 'https' ? /:443$/ : /:80$/, '');
}
