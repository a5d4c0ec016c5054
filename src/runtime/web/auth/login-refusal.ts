import { prefersHtml } from '../../http/errors/error-page.js';
import { UnauthorizedError } from '../../http/errors/http-errors.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { reply } from '../../http/reply/reply.js';
import type { AuthSettings } from './open-auth.js';
import { pageOfForm } from './return-path.js';

/** The longest way back that goes into a URL, in characters; servers refuse URLs that are much longer. */
const LONGEST_NEXT = 2000;

/**
 * Refuses a client that is not known: a browser is sent to the login page, which finds the way back in `next`; for any other
 * client, and without a login page, it is a 401 that says what to send (RFC 9110 §11.6.1).
 *
 * @throws UnauthorizedError
 */
export function refuseUnknown(request: HttpRequest, { identifiers, loginUrl }: AuthSettings): HttpReply {
  if (loginUrl !== undefined && prefersHtml(request.headers['accept'] ?? '')) {
    return reply(undefined, { status: 303, headers: { location: loginLocation(request, loginUrl) } });
  }
  const challenges = identifiers
    .map((identifier) => identifier.challenge?.(request))
    .filter((each) => each !== undefined);
  throw new UnauthorizedError(
    undefined,
    challenges.length === 0 ? {} : { headers: { 'www-authenticate': challenges.join(', ') } },
  );
}

function loginLocation(request: HttpRequest, loginUrl: string): string {
  const location = request.basePath + loginUrl;
  const next = wayBackFrom(request);
  if (next === undefined || next.length > LONGEST_NEXT) return location;
  return `${location}${loginUrl.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
}

/** Where the client is to come back: this page, or that of the form which it has sent. What a form sent is not sent again. */
function wayBackFrom(request: HttpRequest): string | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return pageOfForm(request);
  const { basePath, path, rawQuery } = request;
  return basePath + path + (rawQuery === '' ? '' : `?${rawQuery}`);
}
