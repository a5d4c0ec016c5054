import { closeBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';

/** The reply to HEAD, of that to GET. */
export function headReplyTo(reply: HttpReply | Promise<HttpReply>): HttpReply | Promise<HttpReply> {
  return reply instanceof Promise ? reply.then(withoutBody) : withoutBody(reply);
}

/** HEAD: GET's headers without its body; a stream is closed, not drained (RFC 9110 §9.3.2). */
function withoutBody(reply: HttpReply): HttpReply {
  const { body } = reply;
  if (body === undefined) return reply;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    reply.headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  }
  closeBody(body);
  reply.body = undefined;
  return reply;
}
