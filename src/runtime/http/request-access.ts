import type { RawBody } from './body/body.js';
import type { RequestBody } from './body/request-body.js';
import type { ClientTrace } from './client.js';
import type { RequestParts } from './request/request-parts.js';
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

/** Access to the private parts of a request, for the framework: its users see only what is meant for them. */
export interface RequestAccess<Request = object> {
  readonly getExchange: (request: Request) => RequestExchange;
  readonly setExchange: (request: Request, exchange: RequestExchange) => void;
  readonly setId: (request: Request, id: string) => void;
  readonly requestDeadlineOf: (request: Request) => Deadline | undefined;
  readonly logFieldsOf: (request: Request) => Record<string, unknown> | undefined;
  readonly bodyOf: (request: Request) => RequestBody;
  readonly partsOf: (request: Request) => RequestParts;
}

/** Where a request has the access of its own class: a decorator may belong to another copy of twodoors. */
export const ACCESS = Symbol.for('twodoors.request');

function accessOf(request: object): RequestAccess {
  return (request as unknown as { readonly [ACCESS]: RequestAccess })[ACCESS];
}

/** The exchange that a request is part of. */
export function getExchange(request: object): RequestExchange {
  return accessOf(request).getExchange(request);
}

/** Makes a request part of an exchange; for the dispatcher, before anything of the app runs. */
export function setExchange(request: object, exchange: RequestExchange): void {
  accessOf(request).setExchange(request, exchange);
}

/** Gives a request another name than the door's. */
export function setRequestId(request: object, id: string): void {
  accessOf(request).setId(request, id);
}

/** The values of the path's parameters, by position in `route.params`. */
export function paramValuesOf(request: object): readonly ParamValue[] {
  return getExchange(request).match.paramValues ?? [];
}

/** When the door needs a reply; undefined where it has no deadline. */
export function requestDeadlineOf(request: object): Deadline | undefined {
  return accessOf(request).requestDeadlineOf(request);
}

/** The members that the door adds to each log line; undefined where people read the log. */
export function logFieldsOf(request: object): Record<string, unknown> | undefined {
  return accessOf(request).logFieldsOf(request);
}

/** The body within the exchange's limit, its `content-encoding` undone; read once. */
export function readContent(request: object): RawBody | Promise<RawBody> {
  return accessOf(request).bodyOf(request).content();
}

/** Where a request came from, as far as the app trusts its proxies. */
export function clientTraceOf(request: object): ClientTrace {
  return accessOf(request).partsOf(request).traceClient(getExchange(request).app.trustProxy);
}

/** Sets what `request.claims` gives. */
export function setClaims(request: object, claims: Record<string, unknown>): void {
  getExchange(request).claims = claims;
}

/** Fires the request's signal; only the first call has an effect. */
export function abortRequest(request: object, reason: unknown): void {
  accessOf(request).partsOf(request).abort(reason);
}
