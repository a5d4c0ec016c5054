import type { TrustProxy } from './client.js';
import type { OriginOptions } from './origin/public-origin.js';
import type { ChunkedBody } from './reply/http-reply.js';
import type { ParamValue, RequestRoute } from './request-route.js';

/** What a request reads of the exchange that it is part of. The dispatcher's own record has more (`Exchange`). */
export interface RequestExchange {
  readonly match: {
    readonly kind: string;
    /** Its limit is that of the largest body, in bytes. */
    readonly route?: RequestRoute & { readonly bodyLimit: number };
    /** By position of the parameter in `route.params`. */
    readonly paramValues?: readonly ParamValue[];
  };
  /** What a request reads of the app's options; see `AppOptions`. */
  readonly app: OriginOptions & {
    readonly trustProxy?: TrustProxy | undefined;
    readonly bodyLimit?: number | undefined;
  };
  /**
   * The streams that the app's functions have returned so far; all but the one that is sent are closed. `closed` once the
   * reply is sent, or broken off: a stream that comes later is closed at once.
   */
  bodies: Set<ChunkedBody> | 'closed' | undefined;
  /** The claims of a token that the app itself has verified; added where it verifies one. */
  claims?: Record<string, unknown>;
}
