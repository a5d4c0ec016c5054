import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { redirect } from '../urls/redirect.js';
import { ownPathOf, pageOfForm } from './return-path.js';

/**
 * Redirects to where the client came from (303): to the page in `?next=`, which `@LoginRequired()` has put there when it
 * sent the client to the login page; else, for a form, to the page that it was on. It never leads to another origin.
 *
 * @param fallback where neither is known, or leads anywhere else: a path as browsers see it, such as `/` or what `urlFor`
 *   gives
 * @throws TypeError for a fallback that leads to another origin
 * @example
 * ```ts
 * login(request, user.id);
 * return redirectBack(request, '/');
 * ```
 */
export function redirectBack(request: HttpRequest, fallback: string): HttpReply {
  return redirect(wayBackOf(request) ?? fallback);
}

function wayBackOf(request: HttpRequest): string | undefined {
  const next = nextIn(request, request.rawQuery);
  if (next !== undefined || request.method === 'GET' || request.method === 'HEAD') return next;
  const page = pageOfForm(request);
  if (page === undefined) return undefined;
  const [path, query = ''] = page.split('#', 1)[0]!.split('?', 2);
  // A form at a path of its own leads back; one that is sent to its own page would show that page again.
  return nextIn(request, query) ?? (path === request.basePath + request.path ? undefined : page);
}

/** The way back in a query; undefined where it has none that leads into this app. */
function nextIn(request: HttpRequest, query: string): string | undefined {
  const next = new URLSearchParams(query).get('next');
  return next === null || !/^(?:\/|https?:\/\/)/i.test(next) ? undefined : ownPathOf(request, next);
}
