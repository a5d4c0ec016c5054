import { type AllowedLocation, findLocationMistake, readLocation } from '../../http/origin/location.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { makeLate } from '../../http/reply/late-reply.js';

/** The status of a redirect: 303 is followed by a GET, 307 and 308 repeat the method; 301 and 308 are kept by caches. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** What {@link redirect} takes besides the location. */
export interface RedirectOptions {
  /** Default: 303, for the page after a form. */
  status?: RedirectStatus | undefined;
  /** `any` lets the location lead to other origins. Never say so for a location that comes from a request. */
  allow?: AllowedLocation;
}

/**
 * A reply that sends the browser to another page of the app, as the result of a handler or of middleware. A path is sent as
 * it is; for the URL of a route, see `redirectTo` and `urlFor`. A URL on the app's own origin (see `originOf`) is a page of
 * the app as well.
 *
 * @param to a path, or a URL; characters that it cannot have are percent-encoded
 * @throws TypeError for an empty location; unless all are allowed, also for one that may lead to another origin (`https://…`,
 *   `//…`, `/\…`), has another scheme, or has control characters. Where only the request shows it, the reply is a 500
 * @example
 * ```ts
 * return redirect(next ?? '/');
 * return redirect('https://accounts.example.com/authorize?…', { status: 302, allow: 'any' });
 * ```
 */
export function redirect(to: string, { status = 303, allow }: RedirectOptions = {}): HttpReply {
  const mistake =
    typeof to === 'string' ? findLocationMistake(to, allow) : `the location is a ${typeof to}, not a text.`;
  if (mistake !== undefined) throw new TypeError(`redirect: ${mistake}`);
  assertRedirect(status, 'redirect');
  const reply = new HttpReply(undefined, { status });
  return makeLate(reply, (request) => withLocation(reply, readLocation(to, request, allow, 'redirect')));
}

/** @throws RangeError for anything but the status of a redirect */
export function assertRedirect(status: number, by: string): void {
  if ([301, 302, 303, 307, 308].includes(status)) return;
  throw new RangeError(`${by}: ${status} is not the status of a redirect. Use 301, 302, 303, 307 or 308.`);
}

/** The redirect with its location; a new reply, since the app may return the same one to several requests. */
export function withLocation({ status, headers, cookies }: HttpReply, location: string): HttpReply {
  return new HttpReply(undefined, { status, headers: { ...headers, location }, cookies });
}
