import type { RawBody } from './body/body.js';
import type { ClientTrace } from './client.js';
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
  readonly paramValuesOf: (request: Request) => readonly ParamValue[];
  readonly requestDeadlineOf: (request: Request) => Deadline | undefined;
  readonly logFieldsOf: (request: Request) => Record<string, unknown> | undefined;
  readonly readContent: (request: Request) => RawBody | Promise<RawBody>;
  readonly clientTraceOf: (request: Request) => ClientTrace;
  readonly abortRequest: (request: Request, reason: unknown) => void;
}

/** Where a request has the access of its own class: a decorator may belong to another copy of twodoors. */
export const ACCESS = Symbol.for('twodoors.request');

const accessOf = (request: object) => (request as unknown as { readonly [ACCESS]: RequestAccess })[ACCESS];

/** The exchange that a request is part of. */
export const getExchange: RequestAccess['getExchange'] = (request) => accessOf(request).getExchange(request);
/** Makes a request part of an exchange; for the dispatcher, before anything of the app runs. */
export const setExchange: RequestAccess['setExchange'] = (request, exchange) =>
  accessOf(request).setExchange(request, exchange);
/** The values of the path's parameters, by position in `route.params`. */
export const paramValuesOf: RequestAccess['paramValuesOf'] = (request) => accessOf(request).paramValuesOf(request);
/** When the door needs a reply; undefined where it has no deadline. */
export const requestDeadlineOf: RequestAccess['requestDeadlineOf'] = (request) =>
  accessOf(request).requestDeadlineOf(request);
/** The members that the door adds to each log line; undefined where people read the log. */
export const logFieldsOf: RequestAccess['logFieldsOf'] = (request) => accessOf(request).logFieldsOf(request);
/** The body within the exchange's limit, its `content-encoding` undone; read once. */
export const readContent: RequestAccess['readContent'] = (request) => accessOf(request).readContent(request);
/** Where a request came from, as far as the app trusts its proxies. */
export const clientTraceOf: RequestAccess['clientTraceOf'] = (request) => accessOf(request).clientTraceOf(request);
/** Fires the request's signal; only the first call has an effect. */
export const abortRequest: RequestAccess['abortRequest'] = (request, reason) =>
  accessOf(request).abortRequest(request, reason);
