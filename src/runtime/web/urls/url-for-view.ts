import type { HttpRequest } from '../../http/http-request.js';
import { type UrlOptions, urlOfTarget } from './url-for.js';

/** What a view passes by name, as nunjucks hands it over. */
interface Keywords {
  readonly __keywords?: true;
  readonly _anchor?: unknown;
  readonly _external?: unknown;
}

/**
 * `url_for` of views: `url_for('PostController.show', id=3, page=2)`. `_anchor` is the fragment, and `_external=true` makes
 * the URL absolute, as in Flask. Values and options may be objects instead, as `urlFor` takes them.
 */
export function urlForView(request: HttpRequest, name: unknown, ...rest: readonly unknown[]): string {
  if (typeof name !== 'string') {
    throw new Error(`url_for: the first argument is the name of a route, such as "PostController.show", not ${name}.`);
  }
  const keywords = rest.find(isKeywords);
  const [first, second] = rest.filter((each) => each !== keywords);
  const { __keywords: _, _anchor: hash, _external: absolute, ...named } = keywords ?? ({} as Keywords);
  const options: UrlOptions = {
    ...(hash !== undefined && { hash: String(hash) }),
    ...(absolute !== undefined && { absolute: absolute === true }),
    ...(second as UrlOptions | undefined),
  };
  const values = { ...(first as object | undefined), ...named };
  return urlOfTarget(request, { controller: undefined, name, values, options });
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && '__keywords' in value;
}
