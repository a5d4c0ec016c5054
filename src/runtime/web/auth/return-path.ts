import type { HttpRequest } from '../../http/http-request.js';
import { originOf } from '../../http/origin/origin.js';

/**
 * A URL as a path of this app's origin, with its query; undefined for one that leads a browser anywhere else. It is parsed
 * as browsers parse it, to which `/\host`, `//host` and a tab within are another host.
 *
 * @param text absolute, or relative to the origin
 */
export function ownPathOf(request: HttpRequest, text: string): string | undefined {
  const { origin } = originOf(request);
  if (!URL.canParse(text, origin)) return undefined;
  const url = new URL(text, origin);
  if (url.origin !== origin) return undefined;
  const path = url.pathname + url.search + url.hash;
  // Dot segments can leave a path of two slashes, which stands for another host.
  return path.startsWith('//') ? undefined : path;
}

/** The page of this app that the request's form was on: its `Referer`; undefined where that is not known. */
export function pageOfForm(request: HttpRequest): string | undefined {
  const referer = request.headers['referer'];
  return referer === undefined || !/^https?:/i.test(referer) ? undefined : ownPathOf(request, referer);
}
