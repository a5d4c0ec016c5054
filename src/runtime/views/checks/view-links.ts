import type { RouteCheck } from '../view-engine.js';

/** A `url_for` with a fixed name: the route, the line, and the names of its values where all of them are fixed. */
export type RouteUse = readonly [route: string, line: number, given?: readonly string[]];

/** What a view refers to by fixed names. */
export interface ViewLinks {
  readonly urls: readonly RouteUse[];
  /** The views that it extends, includes or imports. */
  readonly views: readonly string[];
}

/**
 * Finds a `url_for` with a wrong name, or without a parameter of its path, in a view or in one that it refers to.
 *
 * @returns what is wrong, where, and the fix; undefined where nothing is
 */
export function findLinkMistake(
  view: string,
  linksOf: (view: string) => ViewLinks | undefined,
  check: RouteCheck,
): string | undefined {
  const seen = new Set([view]);
  for (const name of seen) {
    const links = linksOf(name);
    for (const [route, line, given] of links?.urls ?? []) {
      const mistake = check(route, given);
      if (mistake !== undefined) return `${name}, line ${line}: url_for: ${mistake}`;
    }
    for (const other of links?.views ?? []) seen.add(other);
  }
  return undefined;
}
