import type { AppOptions } from '../../app.js';
import { FORM, MULTIPART, mediaTypeOf } from '../../http/body/media-type.js';
import type { HeaderFields } from '../../http/header-fields.js';
import type { Middleware, RequestHandler } from '../../http/middleware.js';
import { loadCrossSite } from '../../http/origin/cross-site.lazy.js';

/**
 * Keeps forms of other sites from a handler and its middleware. What cannot be a form's costs a look at its method and type.
 *
 * @param uses the middleware of the class and the method
 */
export function guardForms(
  handle: RequestHandler,
  { csrf, use = [] }: Readonly<AppOptions>,
  uses: readonly Middleware[],
): RequestHandler {
  const trusted = csrf ? (csrf.trustedOrigins ?? []) : [];
  return function handleOwnForms(request) {
    if (request.method !== 'POST' || !needsNoPreflight(request.headers)) return handle(request);
    const checked = loadCrossSite().refuseCrossSite(request, trusted, [...use, ...uses]);
    return checked === undefined ? handle(request) : checked.then(() => handle(request));
  };
}

/**
 * Whether a page may send a body of this type anywhere without asking first (a "simple" request of CORS): a form's types,
 * text, or none. What is not a media type counts as none.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
function needsNoPreflight(headers: HeaderFields): boolean {
  const essence = mediaTypeOf(headers)?.essence;
  return essence === undefined || essence === FORM || essence === MULTIPART || essence === 'text/plain';
}
