import { HttpError } from '../http/errors/http-error.js';
import type { HttpRequest } from '../http/http-request.js';
import { HttpReply } from '../http/reply/http-reply.js';
import type { Match } from '../link/matching/match.js';
import { exchangeOf } from './exchange.js';

/**
 * Replies to `OPTIONS` where the path has routes, with the methods of all of them.
 *
 * @param methods HTTP's common ones, and those of all routes
 * @throws for any other request that no route takes, or that comes while the app cannot start
 */
export function replyWithoutRoute(request: HttpRequest, methods: readonly string[]): HttpReply {
  const { match, startFailure } = exchangeOf(request);
  if (startFailure !== undefined) throw startFailure.error;
  if (match.kind === 'methods' && request.method === 'OPTIONS') {
    return new HttpReply(undefined, { headers: { allow: match.allowed.join(', ') } });
  }
  throw refusal(match, request.method, methods);
}

/**
 * Why no route takes the request: 400 for a target that cannot be read, 501 for a method that neither HTTP's common ones
 * nor any route has, 404 for the path, 405 for the method at this path.
 */
function refusal(match: Match, method: string, methods: readonly string[]): HttpError {
  if (match.kind === 'malformed') return new HttpError(400, 'The target of the request is malformed');
  if (!methods.includes(method)) return new HttpError(501, undefined, { expose: true });
  if (match.kind !== 'methods') return new HttpError(404);
  return new HttpError(405, undefined, { headers: { allow: match.allowed.join(', ') } });
}
