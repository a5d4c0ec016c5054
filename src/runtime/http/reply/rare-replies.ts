import { HttpError } from '../errors/http-error.js';
import { assertField, normaliseHeaders } from '../header-fields.js';
import { HttpReply, uncheckedReply } from './http-reply.js';
import { normaliseReply } from './normal-reply.js';
import type { ReplyDefaults } from './reply-defaults.js';
import type { WebResponse } from './web-response.js';

// What `to-reply.ts` needs for few results: those that are replies already, and statuses without a body.

/** A copy of a reply, with what it does not say itself: the handler may return the same reply again. */
export function completeReply(reply: HttpReply, defaults: ReplyDefaults): HttpReply {
  const cookies: string[] = [];
  const headers = normaliseHeaders(reply.headers, cookies);
  for (const name in defaults.headers) headers[name] ??= defaults.headers[name]!;
  const type = typeof reply.body === 'string' ? defaults.textType : defaults.contentType;
  if (type !== undefined && reply.body !== undefined) headers['content-type'] ??= type;
  const copy = uncheckedReply(reply.status, headers, reply.body);
  copy.cookies = [...reply.cookies, ...cookies, ...defaults.cookies];
  copy.error = reply.error;
  return normaliseReply(copy);
}

/** Makes a reply of a web `Response`; its body is streamed. */
export function replyWithResponse(response: WebResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    // The length and the coding of a fetched response describe what came over the wire; its body is decoded.
    if (name === 'set-cookie' || name === 'content-length') continue;
    if (name === 'content-encoding' && response.url !== '') continue;
    assertField(name, value);
    headers[name] = value;
  }
  return new HttpReply(response.body ?? undefined, {
    status: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
  });
}

/** Drops what a status without a body cannot have. */
export function bodilessReply(reply: HttpReply): HttpReply {
  return normaliseReply(reply);
}

/** The error where `@OnNull` or `@OnUndefined` is an error's status: it becomes a problem document. */
export function emptyReplyError(status: number): HttpError {
  return new HttpError(status);
}
