import type { RawBody } from './body/body.js';
import type { Peer } from './client.js';
import type { HeaderFields } from './header-fields.js';
import type { NamedValues } from './named-values.js';
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
  deadline?(raw: unknown): Deadline | undefined;
  details(): RawDetails;
}

/** How a door reads the rest; see `DetailsReader`. */
interface RawDetails {
  peer(raw: unknown): Peer;
  id(raw: unknown): string;
  claims?(raw: unknown): Record<string, unknown> | undefined;
  logFields?(raw: unknown, request: object): Record<string, unknown>;
  basePath?(raw: unknown, request: object): string;
  onLeave?(raw: unknown, leave: (reason: Error) => void): void;
}

/** The private parts of a request. Its users see only what is meant for them. */
export interface RequestInternals {
  readonly reader: RawReader;
  readonly raw: unknown;
  /** Set by the dispatcher, before anything of the app sees the request. */
  exchange: RequestExchange | undefined;
  // What was read of the request so far.
  headers: HeaderFields | undefined;
  query: NamedValues | undefined;
  state: object | undefined;
  // What files on demand have made of it; each of them knows the type of its own.
  body: object | undefined;
  parts: object | undefined;
}

/** Where a request has its private parts: a decorator may belong to another copy of twodoors. */
export const INTERNALS: unique symbol = Symbol.for('twodoors.request') as never;

/** The private parts of a request. */
export function internalsOf(request: object): RequestInternals {
  return (request as { readonly [INTERNALS]: RequestInternals })[INTERNALS];
}

/** The exchange that a request is part of. */
export function getExchange(request: object): RequestExchange {
  return internalsOf(request).exchange!;
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

/** Sets what `request.claims` gives. */
export function setClaims(request: object, claims: Record<string, unknown>): void {
  getExchange(request).claims = claims;
}
