import type { BindSpec } from './binds.js';
import type { DecoratorSpec } from './decorations.js';
import type { MiddlewareName } from './middleware-kinds.js';
import type { OutcomeName } from './outcomes.js';

/** One segment of a path. In `mixed`, each `:` stands for a parameter. */
export type SegmentSpec =
  | { kind: 'literal'; text: string }
  | { kind: 'mixed'; text: string }
  | { kind: 'param' }
  | { kind: 'rest' };

/** One route, as plain data: it prints, and it shrinks. */
export interface RouteSpec {
  method: string;
  segments: readonly SegmentSpec[];
  /** From this segment on each is in an optional group, in the one before it; none where it is beyond the last. */
  optionalFrom: number;
  /** Whether the path is declared with a slash at its end. */
  hasSlash: boolean;
  binds: readonly BindSpec[];
  outcome: OutcomeName;
  isAsync: boolean;
  decorators: readonly DecoratorSpec[];
  use: MiddlewareName;
}

/** One controller. */
export interface ControllerSpec {
  prefix: readonly SegmentSpec[];
  hasSlash: boolean;
  routes: readonly RouteSpec[];
  use: MiddlewareName;
}

/** A whole app. */
export interface TableSpec {
  controllers: readonly ControllerSpec[];
  strict: boolean;
  caseSensitive: boolean;
  use: MiddlewareName;
  /** Whether handlers echo `request.path` and `request.rawQuery`, whose spelling some gateways change. */
  readsRaw: boolean;
}

/** A parameter of a path, and what kind it is. */
export interface NamedParam {
  name: string;
  kind: 'text' | 'rest';
}

/** The path in the grammar of path-to-regexp, and the names of its parameters. */
export function writePath(
  segments: readonly SegmentSpec[],
  prefix: string,
  optionalFrom = segments.length,
): { path: string; params: NamedParam[] } {
  const params: NamedParam[] = [];
  const next = (kind: NamedParam['kind']) => {
    const name = `${prefix}${params.length}`;
    params.push({ name, kind });
    return name;
  };
  let path = '';
  segments.forEach((segment, i) => {
    if (i >= optionalFrom) path += '{';
    switch (segment.kind) {
      case 'literal':
        path += `/${segment.text}`;
        break;
      case 'mixed':
        path += `/${segment.text.replaceAll(':', () => `:"${next('text')}"`)}`;
        break;
      case 'param':
        path += `/:${next('text')}`;
        break;
      case 'rest':
        path += `/*${next('rest')}`;
    }
  });
  if (optionalFrom < segments.length) path += '}'.repeat(segments.length - optionalFrom);
  return { path, params };
}

/** A route with its controller's prefix, as one list of segments. */
export interface WholeRoute {
  name: string;
  controller: ControllerSpec;
  route: RouteSpec;
  segments: readonly SegmentSpec[];
  optionalFrom: number;
}

/**
 * The routes of a table, without those that match the same requests as one before them: apps with such routes do not
 * start.
 */
export function routesOf(table: TableSpec): WholeRoute[] {
  const seen = new Set<string>();
  return table.controllers.flatMap((controller, c) =>
    controller.routes.flatMap((route, r) => {
      const segments = [...controller.prefix, ...route.segments];
      const optionalFrom = controller.prefix.length + route.optionalFrom;
      const whole = { name: `C${c}.m${r}`, controller, route, segments, optionalFrom };
      const keys = shapesOf(whole, table).map((shape) => `${route.method} ${shape}`);
      if (keys.some((key) => seen.has(key))) return [];
      for (const key of keys) seen.add(key);
      return [whole];
    }),
  );
}

/** The ways to read a route, its optional groups decided. */
export function variantsOf({ segments, optionalFrom }: WholeRoute): (readonly SegmentSpec[])[] {
  const least = Math.min(optionalFrom, segments.length);
  return Array.from({ length: segments.length - least + 1 }, (_, i) => segments.slice(0, least + i));
}

function shapesOf(whole: WholeRoute, { strict, caseSensitive }: TableSpec): string[] {
  return variantsOf(whole).map((segments) => {
    const shape = segments.map(shapeOf).join('/');
    const { controller, route } = whole;
    // A path of nothing but a slash adds none to the prefix.
    const hasSlash = route.segments.length > 0 ? route.hasSlash : controller.hasSlash && segments.length > 0;
    const slash = strict && hasSlash ? '/' : '';
    return caseSensitive ? `/${shape}${slash}` : `/${shape}${slash}`.toLowerCase();
  });
}

function shapeOf(segment: SegmentSpec): string {
  switch (segment.kind) {
    case 'literal':
      return decodeURIComponent(segment.text).replaceAll(':', '%3A');
    case 'mixed':
      return decodeURIComponent(segment.text);
    case 'param':
      return ':';
    case 'rest':
      return '*';
  }
}
