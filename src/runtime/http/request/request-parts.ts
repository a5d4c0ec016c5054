import { type Client, type ClientTrace, tracePeer } from '../client.js';
import { type Cookies, parseCookies } from '../cookies.js';
import type { HeaderFields } from '../header-fields.js';
import { type NamedValues, toRecord } from '../named-values.js';
import { loadProxyTrace } from '../origin/proxy-trace.lazy.js';
import { getExchange, internalsOf, paramValuesOf, type RequestInternals } from '../request-access.js';
import type { RequestRoute } from '../request-route.js';

/** What these parts read of a request itself. */
interface ReadRequest {
  readonly route: RequestRoute | undefined;
  readonly headers: HeaderFields;
  readonly queryValues: NamedValues;
}

/** What of a request only some handlers and middleware ask for; each part is made when it is first read, and once. */
class RequestParts {
  private readonly request: ReadRequest;
  private readonly internals: RequestInternals;
  id: string | undefined;
  private sentCookies: Cookies | undefined;
  private trace: ClientTrace | undefined;
  private controller: AbortController | undefined;
  private abortReason: unknown;

  constructor(request: ReadRequest, internals: RequestInternals) {
    this.request = request;
    this.internals = internals;
    this.id = undefined;
    this.sentCookies = undefined;
    this.trace = undefined;
    this.controller = undefined;
    this.abortReason = undefined;
  }

  get cookies(): Cookies {
    this.sentCookies ??= parseCookies(this.request.headers['cookie'] ?? '');
    return this.sentCookies;
  }

  /** Fires with `abort`, or when the door says that the client left. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      const { reader, raw } = this.internals;
      if (this.abortReason !== undefined) this.controller.abort(this.abortReason);
      else reader.details().onLeave?.(raw, (reason) => this.abort(reason));
    }
    return this.controller.signal;
  }

  /** Fires the signal, even one that is first read later; only the first call has an effect. */
  abort(reason: unknown): void {
    if (this.abortReason !== undefined) return;
    this.abortReason = reason ?? new Error('aborted');
    this.controller?.abort(this.abortReason);
  }

  /** Where the request came from, as far as the app trusts its proxies. */
  get clientTrace(): ClientTrace {
    if (this.trace === undefined) {
      const { reader, raw, exchange } = this.internals;
      const peer = reader.details().peer(raw);
      const trust = exchange!.app.trustProxy;
      this.trace = trust ? loadProxyTrace().traceProxies(peer, this.request.headers, trust) : tracePeer(peer);
    }
    return this.trace;
  }
}

/** The parts of a request, made when one of them is first needed. */
function partsOf(request: object): RequestParts {
  const internals = internalsOf(request);
  internals.parts ??= new RequestParts(request as ReadRequest, internals);
  return internals.parts as RequestParts;
}

/** Where a request came from, as far as the app trusts its proxies. */
export function clientTraceOf(request: object): ClientTrace {
  return partsOf(request).clientTrace;
}

/** Fires the request's signal; only the first call has an effect. */
export function abortRequest(request: object, reason: unknown): void {
  partsOf(request).abort(reason);
}

/** Gives a request another name than the door's. */
export function setRequestId(request: object, id: string): void {
  partsOf(request).id = id;
}

/** The members that the door adds to each log line; undefined where people read the log. */
export function logFieldsOf(request: object): Record<string, unknown> | undefined {
  const { reader, raw } = internalsOf(request);
  return reader.details().logFields?.(raw, request);
}

/** The members of `HttpRequest` that are defined here. A function, since files on demand share functions at no cost. */
export function requestMembers(): Omit<RequestMembers, keyof ReadRequest> {
  return RequestMembers.prototype;
}

class RequestMembers {
  // Every request has these.
  declare readonly route: RequestRoute | undefined;
  declare readonly headers: HeaderFields;
  declare readonly queryValues: NamedValues;

  get id(): string {
    const { reader, raw } = internalsOf(this);
    const parts = partsOf(this);
    parts.id ??= reader.details().id(raw);
    return parts.id;
  }

  get params(): Record<string, string> {
    const values = paramValuesOf(this);
    const record: Record<string, string> = Object.create(null);
    this.route?.params.forEach((param, i) => {
      const value = param.read(values[i]);
      if (value !== undefined) record[param.name] = value;
    });
    return record;
  }

  get basePath(): string {
    const { reader, raw } = internalsOf(this);
    return reader.details().basePath?.(raw, this) ?? '';
  }

  get rawQuery(): string {
    const { reader, raw } = internalsOf(this);
    return reader.query(raw);
  }

  get query(): Record<string, string | string[]> {
    return toRecord(this.queryValues);
  }

  get cookies(): Cookies {
    return partsOf(this).cookies;
  }

  get signal(): AbortSignal {
    return partsOf(this).signal;
  }

  get client(): Client {
    return partsOf(this).clientTrace.client;
  }

  get claims(): Record<string, unknown> | undefined {
    const { reader, raw } = internalsOf(this);
    return getExchange(this).claims ?? reader.details().claims?.(raw);
  }
}
