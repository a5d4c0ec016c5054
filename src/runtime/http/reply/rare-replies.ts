import { loadRequestErrors } from '../errors/request-errors.lazy.js';
import { assertField, normaliseHeaders } from '../header-fields.js';
import { HttpReply, isBodiless, type ReplyBody, uncheckedReply } from './http-reply.js';
import { normaliseReply } from './normal-reply.js';
import type { ReplyDefaults } from './reply-defaults.js';
import { loadUnusualResult } from './values/unusual-result.lazy.js';
import { isAsyncIterable, isWebResponse, type WebResponse } from './web-response.js';

export { normaliseReply };

const JSON_TYPE = 'application/json; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

/**
 * Makes the reply to any result; `to-reply.ts` makes most of those with text and JSON itself.
 *
 * @param text the body, where it is text or JSON; undefined for any other
 * @param type the media type of that text
 */
export function rareReply(result: unknown, defaults: ReplyDefaults, text: string | undefined, type: string): HttpReply {
  if (text !== undefined) return replyWithBody(text, defaults, type);
  if (result === undefined) return emptyReply(defaults.onUndefined, defaults);
  return result === null ? emptyReply(defaults.onNull, defaults) : objectToReply(result as object, defaults);
}

/**
 * The value as a reply where it is one already, an `HttpReply` or a web `Response`; undefined for any other.
 *
 * @throws the value where it is an error, which has a reply of its own
 */
export function asReply(value: unknown): HttpReply | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Error) throw value;
  if (value instanceof HttpReply) return value;
  return isWebResponse(value) ? replyWithResponse(value) : undefined;
}

/** Makes a reply of parts that are valid already; drops what a status without a body cannot have. */
export function createReply(
  status: number,
  headers: Record<string, string>,
  body: ReplyBody,
  cookies: readonly string[] = [],
): HttpReply {
  const reply = uncheckedReply(status, headers, body);
  reply.cookies = [...cookies];
  return isBodiless(status) ? normaliseReply(reply) : reply;
}

function objectToReply(result: object, defaults: ReplyDefaults): HttpReply {
  const reply = asReply(result);
  if (reply !== undefined) return completeReply(reply, defaults);
  if (result instanceof Uint8Array) return replyWithBody(result, defaults, BYTES_TYPE);
  if (result instanceof ArrayBuffer) return replyWithBody(new Uint8Array(result), defaults, BYTES_TYPE);
  if (isAsyncIterable(result)) return replyWithBody(result, defaults, BYTES_TYPE);
  // An observable may have members, which JSON would send, and numbers in a typed array are members `0`, `1`, `2`.
  return typeof (result as { subscribe?: unknown }).subscribe === 'function' || ArrayBuffer.isView(result)
    ? unusualReply(result, defaults)
    : replyWithJson(result, defaults);
}

function replyWithBody(body: Exclude<ReplyBody, undefined>, defaults: ReplyDefaults, fallback: string): HttpReply {
  const type = (typeof body === 'string' ? defaults.textType : defaults.contentType) ?? fallback;
  const headers = { 'content-type': type, ...defaults.headers };
  return createReply(defaults.status ?? 200, headers, body, defaults.cookies);
}

/** The reply with JSON. Where JSON lost something (it threw, or wrote the empty object that a Map becomes) we look closer. */
function replyWithJson(value: unknown, defaults: ReplyDefaults): HttpReply {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // The closer look throws again, or knows better.
  }
  return text === undefined || text.includes('{}')
    ? unusualReply(value, defaults)
    : replyWithBody(text, defaults, JSON_TYPE);
}

/** The reply to a result that needs a closer look. */
export function unusualReply(result: unknown, defaults: ReplyDefaults): HttpReply {
  const { body, type, length } = loadUnusualResult().toBody(result);
  const reply = replyWithBody(body, defaults, type ?? JSON_TYPE);
  if (length !== undefined && reply.body !== undefined) reply.headers['content-length'] = String(length);
  return reply;
}

/** The reply to `null` or `undefined`; a status of an error is thrown, so that it becomes a problem document. */
function emptyReply(own: number | undefined, { status = 204, headers, cookies = [] }: ReplyDefaults): HttpReply {
  if (own !== undefined && own >= 400) throw loadRequestErrors().httpError(own);
  if (headers !== undefined) return createReply(own ?? status, { ...headers }, undefined, cookies);
  // It has nothing that its status could not have.
  const reply = uncheckedReply(own ?? status, {}, undefined);
  reply.cookies = [...cookies];
  return reply;
}

/** A copy of a reply, with what it does not say itself: the handler may return the same reply again. */
function completeReply(reply: HttpReply, defaults: ReplyDefaults): HttpReply {
  const cookies: string[] = [];
  const headers = normaliseHeaders(reply.headers, cookies);
  for (const name in defaults.headers) headers[name] ??= defaults.headers[name]!;
  const type = typeof reply.body === 'string' ? defaults.textType : defaults.contentType;
  if (type !== undefined && reply.body !== undefined) headers['content-type'] ??= type;
  const copy = uncheckedReply(reply.status, headers, reply.body);
  copy.cookies = [...reply.cookies, ...cookies, ...(defaults.cookies ?? [])];
  copy.error = reply.error;
  return normaliseReply(copy);
}

/** Makes a reply of a web `Response`; its body is streamed. */
function replyWithResponse(response: WebResponse): HttpReply {
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
