import type { RouteDeclaration } from '../../declarations/route.js';
import { compareVariants, type PathVariant } from '../../routes/path-pattern.js';
import { compareText } from '../../routes/segment.js';

/** What decides where a route comes in the order. */
type OrderedBy = Pick<RouteDeclaration, 'method' | 'pattern'>;

/**
 * Orders routes, the most specific first, by the least specific reading of each, so that no route hides one that comes after
 * it. At one path, HEAD comes before GET, which is a route for HEAD too, and `@All` comes last.
 */
export function orderRoutes<R extends OrderedBy>(routes: readonly R[]): R[] {
  return routes.toSorted(compareRoutes);
}

function compareRoutes(a: OrderedBy, b: OrderedBy): number {
  return (
    compareVariants(leastSpecific(a), leastSpecific(b)) ||
    rankOf(a.method) - rankOf(b.method) ||
    compareText(a.method, b.method)
  );
}

function rankOf(method: string): number {
  return method === 'HEAD' ? 0 : method === 'ALL' ? 2 : 1;
}

function leastSpecific({ pattern }: OrderedBy): PathVariant {
  return pattern.variants.reduce((least, variant) => (compareVariants(variant, least) > 0 ? variant : least));
}
