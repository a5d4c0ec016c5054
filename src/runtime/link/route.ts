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

/** Adds to a parameter of a path how its value is read. */
export function toRouteParam(param: PathParamPlan): RouteParam {
  return { ...param, read: param.kind === 'rest' ? readRest : readText };
}

function readText(value: ParamValue): string | undefined {
  return value as string | undefined;
}

/** Reads the raw segments of a `*rest` as one string: each decoded, but for the `%2F` that would look like a border. */
function readRest(value: ParamValue): string | undefined {
  return (value as readonly string[] | undefined)?.map(decodeBetweenSlashes).join('/');
}

function decodeBetweenSlashes(segment: string): string {
  return segment.includes('%')
    ? segment
        .split(/(%2f)/i)
        .map((part, i) => (i % 2 === 1 ? part : decodeURIComponent(part)))
        .join('')
    : segment;
}
