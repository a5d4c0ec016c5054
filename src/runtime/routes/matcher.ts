import type { Route } from '../declarations/route.js';
import type { ParamValue } from '../http/request-route.js';
import type { Match } from './match.js';
import { literalAt, type Search } from './search.js';
import type { PathOptions } from './segment.js';
import { COMMON_METHODS, createTree, type Leaf, leafFor, type Node } from './segment-tree.js';
import { decodeSegments, readTarget } from './target-path.js';
import { loadWildcardSearch } from './wildcard-search.lazy.js';

/** Finds the route for a method and a percent-encoded path. */
export type Matcher = (method: string, path: string) => Match;

const NO_VALUES: readonly ParamValue[] = [];
const UNKNOWN: Match = { kind: 'unknown' };
const MALFORMED: Match = { kind: 'malformed' };
/** What `OPTIONS *` matches: the server as a whole (RFC 9110 §9.3.7). */
const SERVER: Match = { kind: 'methods', allowed: COMMON_METHODS };

/**
 * Makes a matcher of routes: it looks in a table of literal paths, then searches a tree of segments, with backtracking.
 * The order of the routes does not matter. At each segment a literal beats a mixed one, which beats a parameter, which
 * beats a `*rest`.
 */
export function createMatcher(routes: readonly Route[], options: PathOptions): Matcher {
  const { root, literalPaths } = createTree(routes);

  return function match(method, path) {
    const literal = literalPaths.get(path);
    if (literal !== undefined) {
      const known = literal.matches.get(method);
      if (known !== undefined) return known;
      const leaf = leafFor(literal.leaves, method);
      if (leaf !== undefined) {
        const found: Match = { kind: 'route', route: leaf.route, paramValues: NO_VALUES };
        // Only methods of routes come here, so that no client can make the table grow.
        literal.matches.set(method, found);
        return found;
      }
    }
    const target = readTarget(path, options.strict);
    if (target === undefined) return path === '*' && method === 'OPTIONS' ? SERVER : MALFORMED;
    const { raw, hasEscape } = target;
    const decoded = hasEscape ? decodeSegments(raw) : raw;
    if (decoded === undefined) return MALFORMED;

    const search: Search = {
      raw,
      decoded,
      folds: !options.caseSensitive && (target.hasUpper || hasEscape),
      captures: [],
      visit: (leaves) => leafFor(leaves, method),
    };
    const leaf = findLeaf(root, 0, search);
    if (leaf !== undefined) return { kind: 'route', route: leaf.route, paramValues: capturedValues(leaf, search) };
    return allowedAt(root, search);
  };
}

/** Finds the most specific path behind a node. */
function findLeaf(node: Node, at: number, search: Search): Leaf | undefined {
  const { raw, decoded, captures } = search;
  if (at === raw.length) return node.leaves === undefined ? undefined : search.visit(node.leaves);
  const segment = decoded[at]!;
  let found: Leaf | undefined;

  const next = node.literals?.get(literalAt(at, search));
  if (next !== undefined) {
    found = findLeaf(next, at + 1, search);
    if (found !== undefined) return found;
  }
  if (segment !== '') {
    const before = captures.length;
    for (const edge of node.mixed) {
      const match = edge.regexp.exec(segment);
      if (match === null) continue;
      for (let i = 1; i < match.length; i++) captures.push(match[i]!);
      found = findLeaf(edge.node, at + 1, search);
      if (found !== undefined) return found;
      captures.length = before;
    }
    if (node.param !== undefined) {
      captures.push(segment);
      found = findLeaf(node.param, at + 1, search);
      if (found !== undefined) return found;
      captures.length = before;
    }
  }
  return node.rest === undefined ? undefined : loadWildcardSearch().searchWildcard(node.rest, at, search);
}

/** The methods of every path that the target matches, for `Allow`. */
function allowedAt(root: Node, search: Search): Match {
  const methods = new Set<string>();
  findLeaf(root, 0, {
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

/** The captures in the order of the route's parameters. */
function capturedValues(leaf: Leaf, { captures, raw }: Search): readonly ParamValue[] {
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
