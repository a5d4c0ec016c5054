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
import { loadJsonText } from './json-text.lazy.js';
import { NO_DEFAULTS, type ReplyDefaults } from './reply-defaults.js';
import { toJson } from './to-json.js';
import { fromWebResponse, isWebResponse } from './web-response.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

/**
 * Makes the reply to a handler's result, by the rules for the kind of the result.
 *
 * @param defaults what the route's decorators say. Default: nothing, as for middleware and `reply`.
 * @throws TypeError for a value that cannot be serialised, HttpError where `@OnNull` or `@OnUndefined` is an error's status
 */
export function toReply(result: unknown, defaults: ReplyDefaults = NO_DEFAULTS): HttpReply {
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

function objectToReply(result: object, defaults: ReplyDefaults): HttpReply {
  const reply = asReply(result);
  if (reply !== undefined) return withDefaults(reply, defaults);
  if (result instanceof Uint8Array) return replyWithBody(result, defaults, BYTES_TYPE);
  if (result instanceof ArrayBuffer) return replyWithBody(new Uint8Array(result), defaults, BYTES_TYPE);
  if (isAsyncIterable(result)) return replyWithBody(result, defaults, BYTES_TYPE);
  // Most results are plain, and need no closer look.
  const prototype: unknown = Object.getPrototypeOf(result);
  return prototype === Object.prototype || prototype === Array.prototype
    ? replyWithJson(result, defaults)
    : instanceToReply(result, defaults);
}

function instanceToReply(result: object, defaults: ReplyDefaults): HttpReply {
  // By its tag: naming the global would load Node's Blob.
  const tag = Object.prototype.toString.call(result);
  if (tag === '[object Blob]' || tag === '[object File]') return replyWithBlob(result as Blob, defaults);
  if (tag === '[object Generator]') return replyWithBody(toAsync(result as Generator<string>), defaults, BYTES_TYPE);
  if (loadJsonText().isObservable(result)) {
    throw new TypeError(
      'The result is an observable. Return a promise of its value, such as firstValueFrom(observable).',
    );
  }
  return replyWithJson(result, defaults);
}

/** A Blob's bytes; its own type, unless `@ContentType` says otherwise. */
function replyWithBlob(blob: Blob, defaults: ReplyDefaults): HttpReply {
  const body = blob.stream() as unknown as AsyncIterable<Uint8Array>;
  const reply = replyWithBody(body, defaults, blob.type || BYTES_TYPE);
  if (reply.body !== undefined) reply.headers['content-length'] = String(blob.size);
  return reply;
}

/** A generator as a stream; closing the one closes the other. */
function toAsync(chunks: Generator<string | Uint8Array>): AsyncIterableIterator<string | Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => chunks.next(),
    return: async () => chunks.return(undefined),
  };
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

function replyWithJson(value: unknown, defaults: ReplyDefaults): HttpReply {
  return replyWithBody(toJson(value), defaults, JSON_TYPE);
}

/** The reply to `null` or `undefined`; a status of an error is thrown, so that it becomes a problem document. */
function emptyReply(status: number | undefined, defaults: ReplyDefaults): HttpReply {
  if (status !== undefined && status >= 400) throw new HttpError(status);
  return createReply(status ?? defaults.status ?? 204, { ...defaults.headers }, undefined, defaults.cookies);
}
