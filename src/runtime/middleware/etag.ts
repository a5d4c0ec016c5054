import { createHash } from 'node:crypto';
import type { HttpRequest } from '../http/http-request.js';
import type { Middleware } from '../http/middleware.js';
import { closeBody } from '../http/reply/body-owner.js';
import { type HttpReply, isWhole } from '../http/reply/http-reply.js';
import { hasTag, toWeak } from './entity-tag.js';
import { readyMiddleware } from './ready-middleware.js';

/** What {@link etag} takes. */
export interface EtagOptions {
  /** Whether tags are weak: replies with the same tag mean the same, but may differ in bytes. Default: false. */
  weak?: boolean | undefined;
}

/**
 * Gives replies to GET and HEAD an `etag`, made of their bytes, and sends a 304 without a body to clients that have it
 * already. A handler may set `etag` or `last-modified` itself; a stream gets a 304 only then. The handler runs in any
 * case: what is saved is the way, not the work. For the app in `use:`, for a class or a method by `@Use`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13
 * @example
 * ```ts
 * defineApp({ controllers, use: [etag()] });
 * ```
 */
export function etag({ weak = false }: EtagOptions = {}): Middleware {
  return readyMiddleware('etag', {
    settings: undefined,
    mistakes: [],
    async run(request, next) {
      const reply = await next();
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      if (!isRead || reply.status !== 200) return reply;
      const { body, headers } = reply;
      if (headers['etag'] === undefined && body !== undefined && isWhole(body)) {
        const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
        headers['etag'] = weak ? toWeak(tag) : tag;
      }
      if (isFresh(request, reply)) leaveOutBody(reply);
      return reply;
    },
  });
}

/** Whether the client has this reply already (RFC 9110 §13.2.2): a date counts only where no tags were sent. */
function isFresh({ headers }: HttpRequest, reply: HttpReply): boolean {
  const { etag: tag, 'last-modified': modified } = reply.headers;
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.trim() === '*' || (tag !== undefined && hasTag(tags, tag));
  const since = headers['if-modified-since'];
  if (since === undefined || modified === undefined) return false;
  // An invalid date is NaN, and compares to nothing.
  return Date.parse(modified) <= Date.parse(since);
}

/** What describes the body that a 304 does not have (RFC 9110 §15.4.5). All else stays, such as CORS and cookies. */
const ABOUT_BODY = ['content-encoding', 'content-language', 'content-length', 'content-range', 'content-type'];

function leaveOutBody(reply: HttpReply): void {
  closeBody(reply.body);
  reply.status = 304;
  reply.body = undefined;
  for (const name of ABOUT_BODY) delete reply.headers[name];
}
