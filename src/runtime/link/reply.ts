import { normaliseHeaders } from '../http/header-fields.js';
import { HttpReply, type ReplyInit, settleReply } from '../http/http-reply.js';
import { replyOf } from './reply-maker.js';

/**
 * Makes an answer of any value by the rules for a handler's result: an object becomes JSON, a string text, nothing a
 * 204; with the status, headers and cookies that you give.
 *
 * @throws TypeError for a value that cannot be serialised or a header that HTTP does not allow
 * @example
 * ```ts
 * return reply({ id }, { status: 201, headers: { location: `/todos/${id}` }, cookies: ['seen=1; Path=/'] });
 * ```
 */
export function reply(value?: unknown, init: ReplyInit = {}): HttpReply {
  const answer = replyOf(value);
  if (init.status !== undefined) answer.status = init.status;
  const cookies = [...(init.cookies ?? [])];
  Object.assign(answer.headers, normaliseHeaders(init.headers ?? {}, cookies));
  answer.cookies.push(...cookies);
  return settleReply(answer);
}
