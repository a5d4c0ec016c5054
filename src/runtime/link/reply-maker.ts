import type { MethodRecord } from '../declarations/controller-record.js';
import type { MistakeCode, Mistakes } from '../declarations/mistakes.js';
import { placeOfMethod, type RouteDeclaration } from '../declarations/route.js';
import { assertField, normaliseHeaders } from '../http/header-fields.js';
import { HttpError } from '../http/http-error.js';
import { FRAMING, finishedReply, HttpReply, isBodiless, type ReplyBody, settleReply } from '../http/http-reply.js';
import { parseMediaType } from '../http/media-type.js';
import type { ViewEngine } from '../views/view-engine.js';

/** Turns what a handler returned into an answer. */
export type ReplyMaker = (result: unknown) => HttpReply | Promise<HttpReply>;

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

/** Makes the reply maker of a decorator that goes its own way with results; the decorator brings it. */
export type PlanReply = (context: {
  readonly defaults: Defaults;
  readonly views: ViewEngine | undefined;
  complain(decorator: string, code: MistakeCode, message: string): void;
}) => ReplyMaker;

/** What a route's decorators say of its successful answers, decided at startup. */
export interface Defaults {
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  /** The same for text, which says its charset. */
  readonly textType: string | undefined;
  /** Undefined where there are none, so that no answer copies nothing. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly cookies: readonly string[];
  readonly onNull: number | undefined;
  readonly onUndefined: number | undefined;
}

const NO_DEFAULTS: Defaults = {
  status: undefined,
  contentType: undefined,
  textType: undefined,
  headers: undefined,
  cookies: [],
  onNull: undefined,
  onUndefined: undefined,
};

/** Makes the reply maker of a route; adds what its decorators got wrong to `mistakes`. */
export function createReplyMaker(
  route: RouteDeclaration,
  views: ViewEngine | undefined,
  mistakes: Mistakes,
): ReplyMaker {
  const { record } = route;
  const ofMethod = mistakes.at(placeOfMethod(route.controller, route.methodName));
  const defaults = saysNothing(record) ? NO_DEFAULTS : readDefaults(record, ofMethod);
  const [special, ...others] = record.replies as unknown as readonly PlanReply[];
  if (others.length > 0) {
    ofMethod.add('two-reply-decorators', 'it has more than one of @Redirect and @Render. Keep one.');
  }
  const complain = (decorator: string, code: MistakeCode, message: string) =>
    ofMethod.at({ decorator }).add(code, message);
  return special?.({ defaults, views, complain }) ?? ((result) => toReply(result, defaults));
}

/** An answer made of any value, as if a handler without decorators had returned it; for middleware and `reply`. */
export function replyOf(value: unknown): HttpReply {
  return toReply(value, NO_DEFAULTS);
}

/** Whether no decorator says anything of successful answers, as of most routes. */
function saysNothing({ headers, httpCode, contentType, onNull, onUndefined }: MethodRecord): boolean {
  // Null is no status either, and a mistake to be told.
  return headers.length === 0 && [httpCode, contentType, onNull, onUndefined].every((said) => said === undefined);
}

function readDefaults(record: MethodRecord, ofMethod: Mistakes): Defaults {
  const ofHeader = ofMethod.at({ decorator: '@Header' });
  const cookies: string[] = [];
  const headers: Record<string, string> = {};
  for (const [name, value] of record.headers) {
    try {
      const own = normaliseHeaders({ [name]: value }, cookies);
      for (const key of Object.keys(own)) {
        if (FRAMING.includes(key) || key === 'content-length') {
          ofHeader.add('invalid-header', `the framework sets ${key} itself. Remove it.`);
          continue;
        }
        headers[key] = headers[key] === undefined ? own[key]! : `${headers[key]}, ${own[key]}`;
      }
    } catch (error) {
      ofHeader.add('invalid-header', (error as Error).message);
    }
  }
  const checkStatus = (status: number | undefined, decorator: string, least: number, most: number) => {
    if (status !== undefined && !(Number.isInteger(status) && status >= least && status <= most)) {
      ofMethod
        .at({ decorator })
        .add('invalid-status', `${JSON.stringify(status)} is not a status from ${least} to ${most}. Correct it.`);
    }
  };
  checkStatus(record.httpCode, '@HttpCode', 200, 599);
  checkStatus(record.onNull, '@OnNull', 200, 599);
  checkStatus(record.onUndefined, '@OnUndefined', 200, 599);
  let contentType: string | undefined;
  if (record.contentType !== undefined) {
    const type = parseMediaType(record.contentType);
    if (type === undefined) {
      ofMethod
        .at({ decorator: '@ContentType' })
        .add(
          'invalid-content-type',
          `${JSON.stringify(record.contentType)} is not a media type. Write it in full, such as 'text/csv'.`,
        );
    } else {
      contentType = record.contentType.trim();
    }
  }
  return {
    status: record.httpCode,
    contentType,
    textType: contentType === undefined ? undefined : withCharset(contentType),
    headers: Object.keys(headers).length === 0 ? undefined : headers,
    cookies,
    onNull: record.onNull,
    onUndefined: record.onUndefined,
  };
}

/** An answer of parts that are known to be right; what a status without a body does not have is taken off. */
export function make(
  status: number,
  headers: Record<string, string>,
  body: ReplyBody,
  cookies: readonly string[],
): HttpReply {
  const answer = finishedReply(status, headers, body);
  if (cookies.length > 0) answer.cookies = [...cookies];
  return isBodiless(status) ? settleReply(answer) : answer;
}

/** An answer made of a result, by the rules for its kind. */
export function toReply(result: unknown, defaults: Defaults): HttpReply {
  switch (typeof result) {
    case 'string':
      return withBody(result, defaults, TEXT_TYPE);
    case 'undefined':
      return nothing(defaults.onUndefined, defaults);
    case 'object':
      if (result === null) return nothing(defaults.onNull, defaults);
      return fromObject(result, defaults);
    default:
      return withJson(result, defaults);
  }
}

function fromObject(result: object, defaults: Defaults): HttpReply {
  const finished = asIs(result);
  if (finished !== undefined) {
    // A copy: the handler may return the same one again.
    const cookies: string[] = [];
    const headers = normaliseHeaders(finished.headers, cookies);
    for (const name in defaults.headers) headers[name] ??= defaults.headers[name]!;
    const type = typeof finished.body === 'string' ? defaults.textType : defaults.contentType;
    if (type !== undefined && finished.body !== undefined) headers['content-type'] ??= type;
    const copy = finishedReply(finished.status, headers, finished.body);
    copy.cookies = [...finished.cookies, ...cookies, ...defaults.cookies];
    copy.error = finished.error;
    return settleReply(copy);
  }
  if (result instanceof Uint8Array) return withBody(result, defaults, BYTES_TYPE);
  if (result instanceof ArrayBuffer) return withBody(new Uint8Array(result), defaults, BYTES_TYPE);
  if (isAsyncIterable(result)) return withBody(result, defaults, BYTES_TYPE);
  return withJson(result, defaults);
}

/** The type of a text: those of these and of JSON are UTF-8, and say so. */
export function withCharset(type: string): string {
  if (parseMediaType(type)?.charset !== undefined) return type;
  // In lower case: an expression that ignores case takes V8 0.1 ms to make, at each cold start.
  return /^(?:text\/|application\/(?:json|javascript|xml)\b|[^;]*\+xml\b)/.test(type.toLowerCase())
    ? `${type}; charset=utf-8`
    : type;
}

function withBody(body: Exclude<ReplyBody, undefined>, defaults: Defaults, fallback: string): HttpReply {
  const status = defaults.status ?? 200;
  const type = (typeof body === 'string' ? defaults.textType : defaults.contentType) ?? fallback;
  const headers =
    defaults.headers === undefined ? { 'content-type': type } : { 'content-type': type, ...defaults.headers };
  return make(status, headers, body, defaults.cookies);
}

function withJson(value: unknown, defaults: Defaults): HttpReply {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} cannot be sent as JSON.`);
  return withBody(text, defaults, JSON_TYPE);
}

/** The answer to a result of nothing: an error's status makes a problem document, any other an empty answer. */
function nothing(status: number | undefined, defaults: Defaults): HttpReply {
  if (status !== undefined && status >= 400) throw new HttpError(status);
  return make(status ?? defaults.status ?? 204, { ...defaults.headers }, undefined, defaults.cookies);
}

function isAsyncIterable(value: object): value is AsyncIterable<string | Uint8Array> {
  return typeof (value as AsyncIterable<unknown>)[Symbol.asyncIterator] === 'function';
}

/** An `HttpReply`, or a web `Response` made one; undefined for all else. */
export function asIs(value: unknown): HttpReply | undefined {
  if (value instanceof HttpReply) return value;
  // By its tag: to name the global Response would load Node's fetch, some 60 ms on a cold start.
  if (typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Response]') {
    return fromResponse(value as WebResponse);
  }
  return undefined;
}

/** The part of a web `Response` that we read. */
interface WebResponse {
  readonly status: number;
  /** Empty where nothing was fetched. */
  readonly url: string;
  readonly headers: Iterable<[string, string]> & { getSetCookie(): string[] };
  readonly body: AsyncIterable<Uint8Array> | null;
}

function fromResponse(response: WebResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    // The length and the coding are of what a `fetch` has received, and not of what it gives.
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
