import { HttpError } from '../errors/http-error.js';
import { normaliseHeaders } from '../header-fields.js';
import {
  HttpReply,
  isAsyncIterable,
  isBodiless,
  normaliseReply,
  type ReplyBody,
  uncheckedReply,
} from './http-reply.js';
import { NO_DEFAULTS, type ReplyDefaults } from './reply-defaults.js';
import type { UnusualBody } from './unusual-result.js';
import { fromWebResponse, isWebResponse } from './web-response.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

/** Makes the body of a result that needs a closer look; see `unusual-result.ts`. */
type ToBody = (result: unknown) => UnusualBody;

/** Loaded with the first such result. */
let toUnusualBody: ToBody | undefined;

/**
 * Makes the reply to a handler's result, by the rules for the kind of the result.
 *
 * @param defaults what the route's decorators say. Default: nothing, as for middleware.
 * @throws TypeError for a value that cannot be serialised, HttpError where `@OnNull` or `@OnUndefined` is an error's status
 */
export function toReply(result: unknown, defaults: ReplyDefaults = NO_DEFAULTS): HttpReply | Promise<HttpReply> {
  const reply = replyWithUsual(result, defaults);
  if (reply !== undefined) return reply;
  return toUnusualBody === undefined
    ? loadAndReply(result, defaults)
    : replyWithUnusual(toUnusualBody(result), defaults);
}

/** As {@link toReply}, without decorators, and at once. */
export function toReplyNow(result: unknown, toBody: ToBody): HttpReply {
  return replyWithUsual(result, NO_DEFAULTS) ?? replyWithUnusual(toBody(result), NO_DEFAULTS);
}

async function loadAndReply(result: unknown, defaults: ReplyDefaults): Promise<HttpReply> {
  const { toBody } = await import('./unusual-result.js');
  toUnusualBody = toBody;
  return replyWithUnusual(toBody(result), defaults);
}

/** The reply to a result; undefined for one that needs a closer look. */
function replyWithUsual(result: unknown, defaults: ReplyDefaults): HttpReply | undefined {
  switch (typeof result) {
    case 'string':
      return replyWithBody(result, defaults, TEXT_TYPE);
    case 'undefined':
      return emptyReply(defaults.onUndefined, defaults);
    case 'object':
      if (result === null) return emptyReply(defaults.onNull, defaults);
      return objectToReply(result, defaults);
    default:
      return replyWithJson(result, defaults);
  }
}

function replyWithUnusual({ body, type, length }: UnusualBody, defaults: ReplyDefaults): HttpReply {
  const reply = replyWithBody(body, defaults, type ?? JSON_TYPE);
  if (length !== undefined && reply.body !== undefined) reply.headers['content-length'] = String(length);
  return reply;
}

/** The value as a reply where it is one already, an `HttpReply` or a web `Response`; undefined for any other. */
export function asReply(value: unknown): HttpReply | undefined {
  if (value instanceof HttpReply) return value;
  return typeof value === 'object' && value !== null && isWebResponse(value) ? fromWebResponse(value) : undefined;
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
  return isBodiless(status) ? normaliseReply(reply) : reply;
}

function objectToReply(result: object, defaults: ReplyDefaults): HttpReply | undefined {
  const reply = asReply(result);
  if (reply !== undefined) return withDefaults(reply, defaults);
  if (result instanceof Uint8Array) return replyWithBody(result, defaults, BYTES_TYPE);
  if (result instanceof ArrayBuffer) return replyWithBody(new Uint8Array(result), defaults, BYTES_TYPE);
  if (isAsyncIterable(result)) return replyWithBody(result, defaults, BYTES_TYPE);
  // An observable may have members, which JSON would send.
  return typeof (result as { subscribe?: unknown }).subscribe === 'function'
    ? undefined
    : replyWithJson(result, defaults);
}

/** A copy, with what the reply does not say itself: the handler may return the same reply again. */
function withDefaults(reply: HttpReply, defaults: ReplyDefaults): HttpReply {
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

function replyWithBody(body: Exclude<ReplyBody, undefined>, defaults: ReplyDefaults, fallback: string): HttpReply {
  const type = (typeof body === 'string' ? defaults.textType : defaults.contentType) ?? fallback;
  const headers =
    defaults.headers === undefined ? { 'content-type': type } : { 'content-type': type, ...defaults.headers };
  return createReply(defaults.status ?? 200, headers, body, defaults.cookies);
}

/** The reply with JSON; undefined where JSON lost something: it threw, or wrote the empty object that a Map becomes. */
function replyWithJson(value: unknown, defaults: ReplyDefaults): HttpReply | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // The closer look throws again, or knows better.
  }
  return text === undefined || text.includes('{}') ? undefined : replyWithBody(text, defaults, JSON_TYPE);
}

/** The reply to `null` or `undefined`; a status of an error is thrown, so that it becomes a problem document. */
function emptyReply(status: number | undefined, defaults: ReplyDefaults): HttpReply {
  if (status !== undefined && status >= 400) throw new HttpError(status);
  return createReply(status ?? defaults.status ?? 204, { ...defaults.headers }, undefined, defaults.cookies);
}
