import type { App, AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import { getExchange } from '../http/request-access.js';
import { loadPublicFiles } from './public-files.lazy.js';

/**
 * The URL of a public file, with a fingerprint of its content: `/app.3f2a1b9c0d.css` for `app.css`. Browsers keep it for a
 * year, since another content has another URL. Views have it as `asset_url('app.css')`.
 *
 * A build makes the fingerprints. Without a build, the file is read once, and again when it has changed.
 *
 * @param from the request, so that the `basePath` of its door is in the URL; or the app, where there is no request
 * @param name the path of the file inside of its public folder, not percent-encoded
 * @throws Error where no public folder has such a file
 * @example
 * ```ts
 * assetUrl(request, 'styles/site.css'); // '/styles/site.3f2a1b9c0d.css'
 * ```
 */
export function assetUrl(from: HttpRequest | App, name: string): string {
  const { publicPathOf } = loadPublicFiles();
  if ('options' in from) return publicPathOf(from.options, name, 'assetUrl');
  return from.basePath + publicPathOf(getExchange(from).app as Readonly<AppOptions>, name, 'assetUrl');
}
