import type { AppOptions } from '../app.js';
import type { RouteRecords } from '../declarations/records/route-records.js';

/**
 * How many interceptors the results of a route pass; undefined for none. The location that a method with `@Redirect`
 * returns is not a value: it passes none.
 */
export function interceptorCount(
  { method, interceptors }: RouteRecords,
  { interceptors: ofApp }: Readonly<AppOptions>,
): number | undefined {
  if (interceptors === undefined && ofApp === undefined) return undefined;
  const count = (interceptors?.length ?? 0) + (ofApp?.length ?? 0);
  return count === 0 || method.replies.some(({ decorator }) => decorator === '@Redirect') ? undefined : count;
}
