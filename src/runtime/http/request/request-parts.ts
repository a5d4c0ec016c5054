import { type ClientTrace, type Peer, type TrustProxy, tracePeer } from '../client.js';
import { loadRequestErrors } from '../errors/request-errors.lazy.js';
import type { HeaderFields } from '../header-fields.js';
import { loadProxyTrace } from '../origin/proxy-trace.lazy.js';
import type { ParamValue, RequestRoute } from '../request-route.js';

export { parseCookies } from '../cookies.js';

/** The part of a `RequestReader` that these parts are read with. */
export interface PartsReader {
  peer(raw: unknown): Peer;
  onLeave?(raw: unknown, leave: () => void): void;
}

export type { RequestParts };

/** The parts of a request. A function, since files on demand share functions at no cost, and classes by a helper. */
export function openRequestParts(...args: ConstructorParameters<typeof RequestParts>): RequestParts {
  return new RequestParts(...args);
}

/** What of a request only some handlers and middleware ask for; each part is made when it is first read, and once. */
class RequestParts {
  private readonly request: { readonly headers: HeaderFields };
  private readonly reader: PartsReader;
  private readonly raw: unknown;
  private trace: ClientTrace | undefined;
  private controller: AbortController | undefined;
  private abortReason: unknown;

  constructor(request: { readonly headers: HeaderFields }, reader: PartsReader, raw: unknown) {
    this.request = request;
    this.reader = reader;
    this.raw = raw;
    this.trace = undefined;
    this.controller = undefined;
    this.abortReason = undefined;
  }

  /** Fires with `abort`, or when the door says that the client left. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.abortReason !== undefined) this.controller.abort(this.abortReason);
      else this.reader.onLeave?.(this.raw, () => this.abort(loadRequestErrors().clientLeft()));
    }
    return this.controller.signal;
  }

  /** Fires the signal, even one that is first read later; only the first call has an effect. */
  abort(reason: unknown): void {
    if (this.abortReason !== undefined) return;
    this.abortReason = reason ?? new Error('aborted');
    this.controller?.abort(this.abortReason);
  }

  /** Where the request came from, as far as proxies are trusted. */
  traceClient(trust: TrustProxy | undefined): ClientTrace {
    if (this.trace === undefined) {
      const peer = this.reader.peer(this.raw);
      this.trace = trust ? loadProxyTrace().traceProxies(peer, this.request.headers, trust) : tracePeer(peer);
    }
    return this.trace;
  }
}

/** The path's parameters by name, decoded. */
export function readParams(route: RequestRoute | undefined, values: readonly ParamValue[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  route?.params.forEach((param, i) => {
    const value = param.read(values[i]);
    if (value !== undefined) record[param.name] = value;
  });
  return record;
}
