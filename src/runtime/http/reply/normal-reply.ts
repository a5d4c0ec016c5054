import { FRAMING, normaliseHeaders } from '../header-fields.js';
import { type HttpReply, isBodiless, isWhole, type ReplyBody, uncheckedReply } from './http-reply.js';
import { assertStatus } from './reply-head.js';
import { closeStream } from './stream-owner.js';
import { loadTextCharset } from './values/text-charset.lazy.js';
import { isAsyncIterable } from './web-response.js';

/**
 * Gives a reply that went through users' code the form that every door relies on: valid names and values, a
 * `content-type` wherever there is a body, which has no other charset than UTF-8 for text, no body where the status forbids
 * one, no framing. The result is a copy, so that an app can return the same reply to several requests.
 *
 * @throws TypeError or RangeError for a reply that cannot be sent
 */
export function normaliseReply(reply: HttpReply): HttpReply {
  assertStatus(reply.status);
  const cookies: string[] = [];
  const headers = normaliseHeaders(reply.headers, cookies);
  normaliseHeaders({ 'set-cookie': reply.cookies }, cookies);
  for (const name of FRAMING) delete headers[name];
  let body: ReplyBody = reply.body ?? undefined;
  if (isBodiless(reply.status)) {
    if (!isWhole(body)) closeStream(body);
    body = undefined;
    delete headers['content-type'];
    delete headers['content-length'];
  } else if (body !== undefined) {
    if (isWhole(body)) delete headers['content-length'];
    else assertStream(body, headers['content-length']);
    headers['content-type'] ||= typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
    const { 'content-type': type } = headers;
    if (typeof body === 'string' && type.includes(';') && !type.endsWith('; charset=utf-8')) {
      headers['content-type'] = loadTextCharset().asUtf8(type);
    }
  }
  const normalised = uncheckedReply(reply.status, headers, body);
  normalised.cookies = cookies;
  normalised.error = reply.error;
  return normalised;
}

function assertStream(body: unknown, length: string | undefined): void {
  if (typeof body !== 'object' || !isAsyncIterable(body as object)) {
    throw new TypeError(
      'The body of an HttpReply must be text, bytes or a stream. To send a value as JSON, use reply(value).',
    );
  }
  if (length === undefined || /^\d+$/.test(length)) return;
  throw new TypeError(
    `The content-length ${JSON.stringify(length)} of a stream is not a number of bytes. Correct it, or leave it out.`,
  );
}
