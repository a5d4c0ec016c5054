import type { HttpError } from '../errors/http-error.js';
import { loadRequestErrors } from '../errors/request-errors.lazy.js';
import type { HttpRequest } from '../http-request.js';
import type { Middleware } from '../middleware.js';
import { loadNeedsNoPreflight } from './needs-no-preflight.lazy.js';
import { findOrigin } from './origin.js';
import { type TrustedOrigins, trustedOriginsOf } from './trusted-origins.js';

/** As {@link refuseForm}; a body that a page may not send without asking first is no form. */
export function refuseCrossSite(...args: Parameters<typeof refuseForm>): void | Promise<void> {
  const { headers } = args[0];
  if (headers['content-type'] !== undefined && !loadNeedsNoPreflight().needsNoPreflight(headers)) return;
  return refuseForm(...args);
}

/**
 * Refuses a form that a page of another origin has sent, by what browsers say of their own accord and no page can change:
 * `Sec-Fetch-Site`, or `Origin` where the app is reached by plain http or the browser is from before 2023. A request with
 * neither is not a browser's.
 *
 * @param own the app's trusted origins
 * @param uses the middleware around the route, which may trust others
 * @returns a promise only where a middleware has to find out
 * @throws HttpError 403
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
function refuseForm(request: HttpRequest, own: readonly string[], uses: readonly Middleware[]): void | Promise<void> {
  const { 'sec-fetch-site': site = '', authorization = '', origin = '' } = request.headers;
  if (site === 'same-origin' || site === 'none') return;
  if (site === '' && origin === '') return;
  // A page of another origin cannot set it without a preflight, and no browser adds it by itself as it does Basic.
  if (/^bearer(?: |$)/i.test(authorization)) return;
  const home = findOrigin(request)?.origin;
  if (site === '' && origin === home) return;
  const refusal = (): HttpError => loadRequestErrors().httpError(403, describe(site, origin, home));
  // Sandboxed frames, files and pages without a referrer all have this one: it names nobody.
  if (origin === '' || origin === 'null') throw refusal();
  const lists: readonly TrustedOrigins[] = [own, ...uses.map(trustedOriginsOf).filter((list) => list !== undefined)];
  if (lists.some((list) => typeof list !== 'function' && list.includes(origin))) return;
  const judges = lists.filter((list) => typeof list === 'function');
  if (judges.length === 0) throw refusal();
  return askInTurn(judges, origin, request, refusal);
}

async function askInTurn(
  judges: readonly Exclude<TrustedOrigins, readonly string[]>[],
  origin: string,
  request: HttpRequest,
  refusal: () => HttpError,
): Promise<void> {
  for (const trusts of judges) if (await trusts(origin, request)) return;
  throw refusal();
}

function describe(site: string, origin: string, home: string | undefined): string {
  if (site !== '') {
    // A subdomain is of the same site.
    const other = site === 'same-site' ? 'origin' : 'site';
    return `The form was sent by a page of another ${other} (Sec-Fetch-Site: ${shorten(site)})`;
  }
  const sender = origin === 'null' ? 'a page that hides its origin (Origin: null)' : `a page of ${shorten(origin)}`;
  return `The form was sent by ${sender}, and this is ${home ?? 'a request without a valid Host header'}`;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
