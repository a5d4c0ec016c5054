import type { AppOptions } from '../../app.js';
import { USUAL_JSON } from '../../http/body/parse-json.js';
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
    if (request.method !== 'POST' || USUAL_JSON.includes(request.headers['content-type'])) return handle(request);
    const checked = loadCrossSite().refuseCrossSite(request, trusted, [...use, ...uses]);
    return checked === undefined ? handle(request) : checked.then(() => handle(request));
  };
}
