import type { RawBody } from './body/body.js';
import type { RequestBody } from './body/request-body.js';
import { loadRequestBody } from './body/request-body.lazy.js';
import type { ClientTrace, Peer } from './client.js';
import type { Cookies } from './cookies.js';
import type { HeaderFields } from './header-fields.js';
import type { NamedValues } from './named-values.js';
import type { RequestParts } from './request/request-parts.js';
import { loadRequestParts } from './request/request-parts.lazy.js';
import type { RequestExchange } from './request-exchange.js';
import type { ParamValue } from './request-route.js';

/** When a door needs a reply. */
export interface Deadline {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** For the log. */
  readonly reason: string;
  /** How long after `at` middleware may still see the 504 and pass it on, in milliseconds. */
  readonly grace: number;
}

/** How a door reads its raw request; see `RequestReader`. */
interface RawReader {
  query(raw: unknown): string;
  headers(raw: unknown): HeaderFields;
  body(raw: unknown, limit: number): RawBody | Promise<RawBody>;
  stream?(raw: unknown): AsyncIterable<Uint8Array>;
  peer(raw: unknown): Peer;
  id(raw: unknown): string;
  claims?(raw: unknown): Record<string, unknown> | undefined;
  deadline?(raw: unknown): Deadline | undefined;
  logFields?(raw: unknown, request: object): Record<string, unknown>;
  basePath?(raw: unknown, request: object): string;
  onLeave?(raw: unknown, leave: () => void): void;
}

/** The private parts of a request. Its users see only what is meant for them. */
export interface RequestInternals {
  readonly reader: RawReader;
  readonly raw: unknown;
  /** Set by the dispatcher, before anything of the app sees the request. */
  exchange: RequestExchange | undefined;
  // What was read of the request so far.
  id: string | undefined;
  headers: HeaderFields | undefined;
  query: NamedValues | undefined;
  cookies: Cookies | undefined;
  state: object | undefined;
  body: RequestBody | undefined;
  parts: RequestParts | undefined;
}

/** Where a request has its private parts: a decorator may belong to another copy of twodoors. */
export const INTERNALS: unique symbol = Symbol.for('twodoors.request') as never;

function internalsOf(request: object): RequestInternals {
  return (request as { readonly [INTERNALS]: RequestInternals })[INTERNALS];
}

/** The exchange that a request is part of. */
export function getExchange(request: object): RequestExchange {
  return internalsOf(request).exchange!;
}

/** Makes a request part of an exchange; for the dispatcher, before anything of the app runs. */
export function setExchange(request: object, exchange: RequestExchange): void {
  internalsOf(request).exchange = exchange;
}

/** Gives a request another name than the door's. */
export function setRequestId(request: object, id: string): void {
  internalsOf(request).id = id;
}

/** The values of the path's parameters, by position in `route.params`. */
export function paramValuesOf(request: object): readonly ParamValue[] {
  return getExchange(request).match.paramValues ?? [];
}

/** When the door needs a reply; undefined where it has no deadline. */
export function requestDeadlineOf(request: object): Deadline | undefined {
  const { reader, raw } = internalsOf(request);
  return reader.deadline?.(raw);
}

/** The members that the door adds to each log line; undefined where people read the log. */
export function logFieldsOf(request: object): Record<string, unknown> | undefined {
  const { reader, raw } = internalsOf(request);
  return reader.logFields?.(raw, request);
}

/** The body within the exchange's limit, its `content-encoding` undone; read once. */
export function readContent(request: object): RawBody | Promise<RawBody> {
  return requestBodyOf(request as ReadRequest).content();
}

/** Where a request came from, as far as the app trusts its proxies. */
export function clientTraceOf(request: object): ClientTrace {
  return requestPartsOf(request as ReadRequest).traceClient(getExchange(request).app.trustProxy);
}

/** Sets what `request.claims` gives. */
export function setClaims(request: object, claims: Record<string, unknown>): void {
  getExchange(request).claims = claims;
}

/** Fires the request's signal; only the first call has an effect. */
export function abortRequest(request: object, reason: unknown): void {
  requestPartsOf(request as ReadRequest).abort(reason);
}

/** What the parts of a request read of it. */
interface ReadRequest {
  readonly headers: HeaderFields;
}

/** What few read of a request, made when it is first needed. */
export function requestPartsOf(request: ReadRequest): RequestParts {
  const internals = internalsOf(request);
  internals.parts ??= loadRequestParts().openRequestParts(request, internals.reader, internals.raw);
  return internals.parts;
}

/** The body of a request, made when it is first needed. */
export function requestBodyOf(request: ReadRequest): RequestBody {
  const internals = internalsOf(request);
  const { reader, raw, exchange } = internals;
  internals.body ??= loadRequestBody().openRequestBody(request, reader, raw, exchange!.bodyLimit);
  return internals.body;
}
