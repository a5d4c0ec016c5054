import { describeRoute, type Route, type RouteDeclaration } from '../declarations/route.js';
import { createMatcher, type Matcher } from './matcher.js';
import { compareVariants, type PathOptions } from './path-pattern.js';
import { COMMON_METHODS } from './segment-tree.js';

/** All routes of an app, the most specific first, and how a request finds its own. */
export interface RouteTable {
  readonly routes: readonly Route[];
  readonly match: Matcher;
  /** Every method that the app can be asked for; any other is a 501. */
  readonly methods: ReadonlySet<string>;
}

/** Orders and freezes routes. */
export function createRouteTable(routes: readonly Route[], options: PathOptions): RouteTable {
  const ordered = routes.toSorted(compareRoutes);
  const declared = ordered.map((route) => route.method).filter((method) => method !== 'ALL');
  return Object.freeze({
    routes: Object.freeze(ordered.map((route) => Object.freeze(route))),
    match: createMatcher(ordered, options),
    methods: new Set([...COMMON_METHODS, ...declared]),
  });
}

/**
 * By the least specific reading of each, so that in this order no route hides one that comes after it. At one path HEAD
 * comes before GET, which answers it as well, and `@All` after both.
 */
function compareRoutes(a: Route, b: Route): number {
  return (
    compareVariants(leastSpecific(a), leastSpecific(b)) ||
    rankOf(a.method) - rankOf(b.method) ||
    (a.method < b.method ? -1 : a.method > b.method ? 1 : 0)
  );
}

function rankOf(method: string): number {
  return method === 'HEAD' ? 0 : method === 'ALL' ? 2 : 1;
}

function leastSpecific(route: Route) {
  return route.pattern.variants.reduce((least, variant) => (compareVariants(variant, least) > 0 ? variant : least));
}

/**
 * Finds routes that cannot be told apart: the same method and shape, whatever their parameters are called, optional
 * groups expanded first.
 */
export function findDuplicates(declarations: readonly RouteDeclaration[], mistakes: string[]): void {
  const seen = new Map<string, RouteDeclaration>();
  for (const declaration of declarations) {
    for (const { shape } of declaration.pattern.variants) {
      const key = `${declaration.method} ${shape}`;
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, declaration);
      } else if (other === declaration) {
        mistakes.push(
          `${describeRoute(declaration)}: its optional groups can be read in two ways that match the same targets. Split it into paths that differ.`,
        );
      } else {
        mistakes.push(
          `${describeRoute(declaration)}: it matches the same requests as ${describeRoute(other)}. Change the path or the method of one.`,
        );
      }
    }
  }
}
