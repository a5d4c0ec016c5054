import type { Middleware, RequestHandler } from '../http/middleware.js';
import type { ParamValue, RequestRoute } from '../http/request-route.js';
import type { PathParamPlan } from '../plan/app-plan.js';

/** A parameter of a path. */
export interface RouteParam extends PathParamPlan {
  /** The value as text, decoded; a `*rest` keeps its `%2F`. */
  read(value: ParamValue): string | undefined;
}

/** A route with the function that handles its requests. */
export interface Route extends RequestRoute {
  readonly params: readonly RouteParam[];
  /** The largest body of a request, in bytes: the declared limit, else the app's, and what its files may add. */
  readonly bodyLimit: number;
  /** The middleware of the class and its bases, then the method's; the first is the outermost. */
  readonly uses: readonly Middleware[];
  readonly handle: RequestHandler;
}
