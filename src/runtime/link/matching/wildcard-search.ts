import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import { mixedOf } from './mixed-search.js';
import { literalAt, type Search } from './search.js';

/** An edge of the tree that a search has taken, from a `*rest` on. */
type Edge =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'mixed'; readonly expression: RegExp }
  | { readonly kind: 'param' }
  | { readonly kind: 'rest' };

/**
 * Searches on from a `*rest`. At the end of its path it takes all segments that are left; any other is followed
 * to every place where it may end.
 *
 * @param node the one behind it
 */
export function searchWildcard(node: TreeNode, at: number, search: Search): PathEnd | undefined {
  const { raw, captures } = search;
  const { literals, mixed, param, rest, ends } = node;
  if (raw.length < leastEnd(at, raw)) return undefined;
  if (literals === undefined && mixed === undefined && param === undefined && rest === undefined) {
    const found = ends === undefined ? undefined : search.choose(ends, search.method);
    if (found !== undefined) captures.push(at, raw.length);
    return found;
  }
  const edges: Edge[] = [{ kind: 'rest' }];
  const found = searchBehind(node, endsOf(edges[0]!, at, search), edges, search);
  if (found !== undefined) captures.push(...captureAll(edges, 0, at, search, new Set())!);
  return found;
}

/**
 * Searches behind a `*rest`, from all places where it may end at once: how specific a path is decides, and not how much
 * its `*rest` takes. Each node is visited once, so that no target takes long.
 *
 * @param starts where the segment of the next edge may be
 */
function searchBehind(node: TreeNode, starts: readonly number[], edges: Edge[], search: Search): PathEnd | undefined {
  const { literals, mixed, param, rest, ends } = node;
  const follow = (next: TreeNode | undefined, edge: Edge): PathEnd | undefined => {
    if (next === undefined) return undefined;
    const places = endsOfAll(edge, starts, search);
    if (places.length === 0) return undefined;
    edges.push(edge);
    const found = searchBehind(next, places, edges, search);
    if (found === undefined) edges.pop();
    return found;
  };
  const { raw } = search;
  let found: PathEnd | undefined;
  if (literals !== undefined) {
    const texts = new Set(starts.filter((start) => start < raw.length).map((start) => literalAt(start, search)));
    for (const text of [...texts].sort()) {
      if (Object.hasOwn(literals, text)) found ??= follow(literals[text], { kind: 'literal', text });
    }
  }
  if (mixed !== undefined) {
    for (const { expression, node: next } of mixedOf(mixed)) found ??= follow(next, { kind: 'mixed', expression });
  }
  found ??= follow(param, { kind: 'param' }) ?? follow(rest, { kind: 'rest' });
  if (found !== undefined || ends === undefined || !starts.includes(raw.length)) return found;
  return search.choose(ends, search.method);
}

/** Where an edge may end that is taken at any of these segments. A `*rest` may end wherever the first one may. */
function endsOfAll(edge: Edge, starts: readonly number[], search: Search): readonly number[] {
  if (edge.kind !== 'rest') return [...new Set(starts.flatMap((start) => endsOf(edge, start, search)))];
  const least = starts.reduce((first, start) => Math.min(first, leastEnd(start, search.raw)), Number.POSITIVE_INFINITY);
  return from(least, search.raw.length);
}

/** Where an edge that is taken at a segment may end, the farthest first. */
function endsOf(edge: Edge, at: number, search: Search): readonly number[] {
  const { raw, decoded } = search;
  if (at >= raw.length) return [];
  switch (edge.kind) {
    case 'literal':
      return literalAt(at, search) === edge.text ? [at + 1] : [];
    case 'mixed':
      return edge.expression.test(decoded[at]!) ? [at + 1] : [];
    case 'param':
      return decoded[at] === '' ? [] : [at + 1];
    case 'rest':
      return from(leastEnd(at, raw), raw.length);
  }
}

/** What the edges capture between a position and the end of the target; a `*rest` takes as much as it can. */
function captureAll(
  edges: readonly Edge[],
  i: number,
  at: number,
  search: Search,
  failed: Set<number>,
): (string | number)[] | undefined {
  const edge = edges[i];
  if (edge === undefined) return at === search.raw.length ? [] : undefined;
  const key = at * edges.length + i;
  if (failed.has(key)) return undefined;
  for (const end of endsOf(edge, at, search)) {
    const behind = captureAll(edges, i + 1, end, search, failed);
    if (behind !== undefined) return [...capturesOf(edge, at, end, search), ...behind];
  }
  failed.add(key);
  return undefined;
}

/** Where a `*rest` ends at the earliest: it is never empty, nor only one empty segment. */
function leastEnd(at: number, raw: readonly string[]): number {
  return raw[at] === '' ? at + 2 : at + 1;
}

/** The whole numbers from one to another, the largest first. */
function from(least: number, most: number): readonly number[] {
  return Array.from({ length: Math.max(most - least + 1, 0) }, (_, i) => most - i);
}

/** What one edge captures. */
function capturesOf(edge: Edge, at: number, end: number, { decoded }: Search): (string | number)[] {
  switch (edge.kind) {
    case 'literal':
      return [];
    case 'mixed':
      return edge.expression.exec(decoded[at]!)!.slice(1);
    case 'param':
      return [decoded[at]!];
    case 'rest':
      return [at, end];
  }
}
