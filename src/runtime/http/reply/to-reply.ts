import { HttpReply, isAsyncIterable, isBodiless, type ReplyBody, uncheckedReply } from './http-reply.js';
import { loadRareReplies } from './rare-replies.lazy.js';
import { NO_DEFAULTS, type ReplyDefaults } from './reply-defaults.js';
import { loadUnusualResult } from './unusual-result.lazy.js';
import { isWebResponse } from './web-response.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

/**
 * Makes the reply to a handler's result, by the rules for the kind of the result.
 *
 * @param defaults what the route's decorators say. Default: nothing, as for middleware.
 * @throws TypeError for a value that cannot be serialised, HttpError where `@OnNull` or `@OnUndefined` is an error's status
 */
export function toReply(result: unknown, defaults: ReplyDefaults = NO_DEFAULTS): HttpReply {
  switch (typeof result) {
    case 'string':
      return replyWithBody(result, defaults, TEXT_TYPE);
    case 'undefined':
      return emptyReply(defaults.onUndefined, defaults);
    case 'object':
      return result === null ? emptyReply(defaults.onNull, defaults) : objectToReply(result, defaults);
    default:
      return replyWithJson(result, defaults);
  }
}

/** The value as a reply where it is one already, an `HttpReply` or a web `Response`; undefined for any other. */
export function asReply(value: unknown): HttpReply | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof HttpReply) return value;
  return isWebResponse(value) ? loadRareReplies().replyWithResponse(value) : undefined;
}

/** Makes a reply of parts that are valid already; drops what a status without a body cannot have. */
export function createReply(
  status: number,
  headers: Record<string, string>,
  body: ReplyBody,
  cookies: readonly string[],
): HttpReply {
  const reply = uncheckedReply(status, headers, body);
  if (cookies.length > 0) reply.cookies = [...cookies];
  return isBodiless(status) ? loadRareReplies().bodilessReply(reply) : reply;
}

function objectToReply(result: object, defaults: ReplyDefaults): HttpReply {
  const reply = asReply(result);
  if (reply !== undefined) return loadRareReplies().completeReply(reply, defaults);
  if (result instanceof Uint8Array) return replyWithBody(result, defaults, BYTES_TYPE);
  if (result instanceof ArrayBuffer) return replyWithBody(new Uint8Array(result), defaults, BYTES_TYPE);
  if (isAsyncIterable(result)) return replyWithBody(result, defaults, BYTES_TYPE);
  // An observable may have members, which JSON would send.
  return typeof (result as { subscribe?: unknown }).subscribe === 'function'
    ? unusualReply(result, defaults)
    : replyWithJson(result, defaults);
}

function replyWithBody(body: Exclude<ReplyBody, undefined>, defaults: ReplyDefaults, fallback: string): HttpReply {
  const type = (typeof body === 'string' ? defaults.textType : defaults.contentType) ?? fallback;
  const headers =
    defaults.headers === undefined ? { 'content-type': type } : { 'content-type': type, ...defaults.headers };
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
function unusualReply(result: unknown, defaults: ReplyDefaults): HttpReply {
  const { body, type, length } = loadUnusualResult().toBody(result);
  const reply = replyWithBody(body, defaults, type ?? JSON_TYPE);
  if (length !== undefined && reply.body !== undefined) reply.headers['content-length'] = String(length);
  return reply;
}

/** The reply to `null` or `undefined`; a status of an error is thrown, so that it becomes a problem document. */
function emptyReply(own: number | undefined, defaults: ReplyDefaults): HttpReply {
  if (own !== undefined && own >= 400) throw loadRareReplies().emptyReplyError(own);
  const status = own ?? defaults.status ?? 204;
  if (defaults.headers !== undefined) return createReply(status, { ...defaults.headers }, undefined, defaults.cookies);
  // It has nothing that its status could not have.
  const reply = uncheckedReply(status, {}, undefined);
  reply.cookies = [...defaults.cookies];
  return reply;
}
