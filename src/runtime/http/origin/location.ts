import encodeUrl from 'encodeurl';
import type { HttpRequest } from '../http-request.js';
import { originOf } from './origin.js';

/** Where a redirect may lead: the app's own origin, or anywhere. */
export type AllowedLocation = 'any' | undefined;

/**
 * The location of a redirect, percent-encoded where it needs to be; escapes in it stay as they are. Browsers take `//`,
 * `/\` and a tab between two slashes for the beginning of another host: where a location comes from a request, as in
 * `?next=`, such a redirect would lead users of the app to a foreign page.
 *
 * @param by what redirects, for the error
 * @throws TypeError for an empty one; unless all are allowed, also for one on another origin or of another scheme, and for
 *   control characters, which are percent-encoded otherwise
 */
export function readLocation(location: string, request: HttpRequest, allow: AllowedLocation, by: string): string {
  const mistake = findLocationMistake(location, allow);
  if (mistake !== undefined) throw new TypeError(`${by}: ${mistake}`);
  if (allow !== 'any' && isAbsolute(location) && new URL(location).origin !== originOf(request).origin) {
    throw new TypeError(`${by}: ${foreign(location)}`);
  }
  return encodeUrl(location);
}

/** What is wrong with a location, as far as that can be said without the request; undefined where nothing is. */
export function findLocationMistake(location: string, allow: AllowedLocation): string | undefined {
  if (location === '') return 'the location is empty. Give one.';
  if (allow === 'any') return undefined;
  if (/[\0-\x1f\x7f]|^ | $/.test(location)) {
    return `the location ${JSON.stringify(location)} has control characters, or spaces around it, which browsers drop. Remove them.`;
  }
  if (/^[a-z][a-z\d+.-]*:/i.test(location)) return isAbsolute(location) ? undefined : foreign(location);
  return /^(?:\\|\/[\\/])/.test(location) ? foreign(location) : undefined;
}

/** Whether a location has a scheme and a host, so that only the request says whether it is the app's own. */
function isAbsolute(location: string): boolean {
  return /^https?:\/\/[^\\/]/i.test(location) && URL.canParse(location);
}

function foreign(location: string): string {
  return `${JSON.stringify(location)} may lead to another origin. Redirect to a path of the app, or say { allow: 'any' } where the location does not come from a request.`;
}
