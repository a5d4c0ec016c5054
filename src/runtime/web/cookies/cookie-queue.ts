import { parseSetCookie } from 'cookie';
import { addReplyStep } from '../../dispatch/reply-steps.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { sharedByCopies } from '../../identity/copies.js';

/** The cookies that one request sets. */
interface CookieQueue {
  /** Whole `Set-Cookie` values by identity. */
  readonly cookies: Map<string, string>;
  isClosed: boolean;
}

const queues = sharedByCopies('cookies', new WeakMap<HttpRequest, CookieQueue>());

/** The queue of all requests that were replied to without a cookie. */
const CLOSED: CookieQueue = { cookies: new Map(), isClosed: true };

/** Whether the reply to a request is on its way, so that no cookie can be added to it. */
export function isReplied(request: HttpRequest): boolean {
  return queues.get(request)?.isClosed === true;
}

/**
 * Adds a cookie to the reply, whatever reply there will be. Of several with the same name, domain and path the last
 * one counts.
 *
 * @param header a whole `Set-Cookie` value
 * @param by what sets it, for the error
 * @throws Error where the reply is on its way
 */
export function queueCookie(request: HttpRequest, header: string, by: string): void {
  let queue = queues.get(request);
  if (queue?.isClosed === true) {
    throw new Error(
      `${by}: the reply is on its way, and cannot take a cookie any more. Set cookies before the handler returns: ` +
        'generators and streams run later, and so does a handler whose request has timed out.',
    );
  }
  if (queue === undefined) {
    queue = { cookies: new Map(), isClosed: false };
    queues.set(request, queue);
  }
  queue.cookies.set(identityOf(header, request.path), header);
}

/**
 * What makes two cookies the same one to a browser: name, domain and path (RFC 6265 §5.3).
 *
 * @param requestPath for the path of a cookie that has none
 */
function identityOf(header: string, requestPath: string): string {
  const { name, domain = '', path } = parseSetCookie(header);
  const host = domain.replace(/^\./, '').toLowerCase();
  return `${name}\n${host}\n${path?.startsWith('/') === true ? path : defaultPath(requestPath)}`;
}

/** The path of a cookie without one: the folder of the request (RFC 6265 §5.1.4). */
function defaultPath(requestPath: string): string {
  const end = requestPath.lastIndexOf('/');
  return end <= 0 ? '/' : requestPath.slice(0, end);
}

/** Puts the cookies of a request on its reply, in place of the same ones there, and closes the queue. Never throws. */
export function applyCookies(request: HttpRequest, reply: HttpReply): HttpReply {
  const queue = queues.get(request);
  if (queue === undefined) {
    queues.set(request, CLOSED);
    return reply;
  }
  queue.isClosed = true;
  if (queue.cookies.size === 0) return reply;
  const others = reply.cookies.filter((cookie) => !queue.cookies.has(identityOf(cookie, request.path)));
  reply.cookies = [...others, ...queue.cookies.values()];
  return reply;
}

addReplyStep('cookies', applyCookies);
