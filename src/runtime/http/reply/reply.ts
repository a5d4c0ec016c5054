import { normaliseHeaders } from '../header-fields.js';
import type { HttpReply } from './http-reply.js';
import { normaliseReply } from './normal-reply.js';
import type { ReplyInit } from './reply-head.js';
import { toReply } from './to-reply.js';

/**
 * Makes a reply of any value by the rules for a handler's result (an object becomes JSON, a string text, `undefined` or
 * `null` a 204), with the status, headers and cookies that you give.
 *
 * @throws TypeError for a value that cannot be serialised or a header that HTTP does not allow
 * @example
 * ```ts
 * return reply({ id }, { status: 201, headers: { location: `/todos/${id}` }, cookies: ['seen=1; Path=/'] });
 * ```
 */
export function reply(value?: unknown, init: ReplyInit = {}): HttpReply {
  const made = toReply(value);
  if (init.status !== undefined) made.status = init.status;
  const cookies = [...(init.cookies ?? [])];
  Object.assign(made.headers, normaliseHeaders(init.headers ?? {}, cookies));
  made.cookies.push(...cookies);
  return normaliseReply(made);
}
