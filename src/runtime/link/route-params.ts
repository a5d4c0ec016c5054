import type { ParamValue } from '../http/request-route.js';
import type { RoutePlan } from '../plan/app-plan.js';
import type { RouteParam } from './route.js';

/** The parameters of a route's path, and how the value of each is read. */
export function routeParamsOf({ params }: RoutePlan): readonly RouteParam[] {
  return params.map((param) => ({ ...param, read: param.kind === 'rest' ? readRest : readText }));
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
