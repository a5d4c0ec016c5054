import type { Route } from '../declarations/route.js';
import type { ParamValue } from '../http/request-route.js';
import type { Match } from './match.js';
import { lowerAscii, type PathOptions } from './path-pattern.js';
import { COMMON_METHODS, createTree, type Leaf, leafFor, type Node } from './segment-tree.js';
import { decodeSegments, readTarget } from './target-path.js';

/** Finds the route for a method and a percent-encoded path. */
export type Matcher = (method: string, path: string) => Match;

/** An edge of the tree, as it was taken behind a `*rest`. */
type Edge =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'mixed'; readonly regexp: RegExp }
  | { readonly kind: 'param' }
  | { readonly kind: 'rest' };

/** One search: a target and how far it has come. */
interface Search {
  /** Undefined: any method will do. */
  method: string | undefined;
  raw: readonly string[];
  decoded: readonly string[];
  /** Whether segments must be folded to be compared with literals: case does not matter, and there may be upper case. */
  folds: boolean;
  captures: (string | number)[];
  visit: (leaves: Map<string, Leaf>) => Leaf | undefined;
}

const NO_VALUES: readonly ParamValue[] = [];
const UNKNOWN: Match = { kind: 'unknown' };
const MALFORMED: Match = { kind: 'malformed' };
/** `OPTIONS *` asks about the server as a whole (RFC 9110 §9.3.7). */
const SERVER: Match = {
  kind: 'methods',
  allowed: COMMON_METHODS,
};

/**
 * Makes a matcher over routes: a table of literal paths first, then a tree of segments, walked with backtracking. The
 * order of the routes does not matter. At each segment a literal beats a mixed one, that a parameter, that a `*rest`.
 */
export function createMatcher(routes: readonly Route[], options: PathOptions): Matcher {
  const { root, literalPaths } = createTree(routes);

  return (method, path) => {
    const literal = literalPaths.get(path);
    if (literal !== undefined) {
      const known = literal.matches.get(method);
      if (known !== undefined) return known;
      const leaf = leafFor(literal.leaves, method);
      if (leaf !== undefined) {
        const match: Match = { kind: 'route', route: leaf.route, paramValues: NO_VALUES };
        // Only methods that routes know get in here, so that no client can make the table grow.
        literal.matches.set(method, match);
        return match;
      }
    }
    const target = readTarget(path, options.strict);
    if (target === undefined) return path === '*' && method === 'OPTIONS' ? SERVER : MALFORMED;
    const { raw, hasEscape } = target;
    const decoded = hasEscape ? decodeSegments(raw) : raw;
    if (decoded === undefined) return MALFORMED;

    const search: Search = {
      method,
      raw,
      decoded,
      folds: !options.caseSensitive && (target.hasUpper || hasEscape),
      captures: [],
      visit: (leaves) => leafFor(leaves, method),
    };
    const leaf = walk(root, 0, search);
    if (leaf !== undefined) {
      return { kind: 'route', route: leaf.route, paramValues: place(leaf, search) };
    }
    return allowedAt(root, search);
  };
}

/** A segment, in the form in which literals are compared. */
function literalAt(at: number, { decoded, folds }: Search): string {
  return folds ? lowerAscii(decoded[at]!) : decoded[at]!;
}

function walk(node: Node, at: number, search: Search): Leaf | undefined {
  const { raw, decoded, captures } = search;
  if (at === raw.length) return node.leaves === undefined ? undefined : search.visit(node.leaves);
  const segment = decoded[at]!;
  let found: Leaf | undefined;

  const next = node.literals?.get(literalAt(at, search));
  if (next !== undefined) {
    found = walk(next, at + 1, search);
    if (found !== undefined) return found;
  }
  if (segment !== '') {
    const before = captures.length;
    for (const edge of node.mixed) {
      const match = edge.regexp.exec(segment);
      if (match === null) continue;
      for (let i = 1; i < match.length; i++) captures.push(match[i]!);
      found = walk(edge.node, at + 1, search);
      if (found !== undefined) return found;
      captures.length = before;
    }
    if (node.param !== undefined) {
      captures.push(segment);
      found = walk(node.param, at + 1, search);
      if (found !== undefined) return found;
      captures.length = before;
    }
  }
  return node.rest === undefined ? undefined : walkRest(node.rest, at, search);
}

/** A `*rest` at the end of its path takes all that is left; any other is followed to wherever it may end. */
function walkRest(node: Node, at: number, search: Search): Leaf | undefined {
  const { raw, captures } = search;
  if (raw.length < leastEnd(at, raw)) return undefined;
  if (node.literals === undefined && node.mixed.length === 0 && node.param === undefined && node.rest === undefined) {
    const found = node.leaves === undefined ? undefined : search.visit(node.leaves);
    if (found !== undefined) captures.push(at, raw.length);
    return found;
  }
  const edges: Edge[] = [{ kind: 'rest' }];
  const found = walkBehindRest(node, endsOf(edges[0]!, at, search), edges, search);
  if (found !== undefined) captures.push(...captureAll(edges, 0, at, search, new Set())!);
  return found;
}

/**
 * Behind a `*rest`, which may end in many places, all of them are followed at once: how specific a path is decides,
 * and not how much its `*rest` takes. Each node is visited once, so that no target takes long.
 *
 * @param starts where the segment of the next edge may be
 */
function walkBehindRest(node: Node, starts: readonly number[], edges: Edge[], search: Search): Leaf | undefined {
  const follow = (next: Node | undefined, edge: Edge): Leaf | undefined => {
    if (next === undefined) return undefined;
    const ends = endsOfAll(edge, starts, search);
    if (ends.length === 0) return undefined;
    edges.push(edge);
    const found = walkBehindRest(next, ends, edges, search);
    if (found === undefined) edges.pop();
    return found;
  };
  const { raw } = search;
  let found: Leaf | undefined;
  if (node.literals !== undefined) {
    const texts = new Set(starts.filter((start) => start < raw.length).map((start) => literalAt(start, search)));
    for (const text of [...texts].sort()) found ??= follow(node.literals.get(text), { kind: 'literal', text });
  }
  for (const { regexp, node: next } of node.mixed) found ??= follow(next, { kind: 'mixed', regexp });
  found ??= follow(node.param, { kind: 'param' }) ?? follow(node.rest, { kind: 'rest' });
  if (found !== undefined || node.leaves === undefined || !starts.includes(raw.length)) return found;
  return search.visit(node.leaves);
}

/** Where an edge may end that is taken at any of these segments. Of a `*rest`, the one that ends first says it all. */
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
      return edge.regexp.test(decoded[at]!) ? [at + 1] : [];
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

/** The methods of every path that the target matches, for `Allow`. */
function allowedAt(root: Node, search: Search): Match {
  const methods = new Set<string>();
  walk(root, 0, {
    ...search,
    captures: [],
    visit: (leaves) => {
      for (const method of leaves.keys()) {
        if (method === 'ALL') for (const each of COMMON_METHODS) methods.add(each);
        else methods.add(method);
      }
      return undefined;
    },
  });
  if (methods.size === 0) return UNKNOWN;
  if (methods.has('GET')) methods.add('HEAD');
  methods.add('OPTIONS');
  return {
    kind: 'methods',
    allowed: [
      ...COMMON_METHODS.filter((method) => methods.has(method)),
      ...[...methods].filter((method) => !COMMON_METHODS.includes(method)).sort(),
    ],
  };
}

/** Where a `*rest` ends at the least: it is never empty, and of a single empty segment nothing would be left. */
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
      return edge.regexp.exec(decoded[at]!)!.slice(1);
    case 'param':
      return [decoded[at]!];
    case 'rest':
      return [at, end];
  }
}

/** Puts what was captured where the route's parameters expect it. */
function place(leaf: Leaf, { captures, raw }: Search): readonly ParamValue[] {
  if (leaf.isDirect) return captures as string[];
  const { params } = leaf.route;
  const values: ParamValue[] = new Array(params.length).fill(undefined);
  let i = 0;
  for (const slot of leaf.slots) {
    if (params[slot]!.kind === 'rest') {
      values[slot] = raw.slice(captures[i] as number, captures[i + 1] as number);
      i += 2;
    } else {
      values[slot] = captures[i++] as string;
    }
  }
  return values;
}
