import type { App, AppOptions } from '../app.js';
import { basePathOf } from '../http/door-path.js';
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
  const options = 'options' in from ? from.options : (getExchange(from).app as Readonly<AppOptions>);
  const path = options.public === undefined ? undefined : loadPublicFiles().publicPathOf(options, name);
  if (path !== undefined) return 'options' in from ? path : basePathOf(from) + path;
  const fix = options.public === undefined ? "Name it: defineApp({ public: 'src/public' })." : 'Correct the name.';
  const where = options.public === undefined ? 'the app has no public folder' : 'no public folder has such a file';
  throw new Error(`assetUrl, ${JSON.stringify(name)}: ${where}. ${fix}`);
}
