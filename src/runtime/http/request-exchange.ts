import type { ParamValue, RequestRoute } from './request-route.js';

/** What a request reads of the exchange that it is part of. The dispatcher's own record has more (`Exchange`). */
export interface RequestExchange {
  readonly match: {
    readonly kind: string;
    readonly route?: RequestRoute;
    /** By position of the parameter in `route.params`. */
    readonly paramValues?: readonly ParamValue[];
  };
  /** The largest body that is read, in bytes. */
  bodyLimit: number;
  /** See `AppOptions.trustProxy`. */
  readonly trustProxy: boolean | number;
}
