import { COMMON_METHODS } from '../../http/methods.js';
import type { PathOptions } from '../../http/path-options.js';
import type { ParamValue } from '../../http/request-route.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import type { Route } from '../route.js';
import { loadAllowedMethods } from './allowed-methods.lazy.js';
import { createLiveNode, type LiveNode, literalNode, openNode } from './live-node.js';
import type { Match } from './match.js';
import { endAt, literalAt, type Search } from './search.js';
import { decodeSegments, readTarget } from './target-path.js';
import { loadWildcardSearch } from './wildcard-search.lazy.js';

/** Finds the route for a method and a percent-encoded path. */
export type Matcher<R = Route> = (method: string, path: string) => Match<R>;

const NO_VALUES: readonly ParamValue[] = [];
const UNKNOWN: Match<never> = { kind: 'unknown' };
const MALFORMED: Match<never> = { kind: 'malformed' };
/** What `OPTIONS *` matches: the server as a whole (RFC 9110 §9.3.7). */
const SERVER: Match<never> = { kind: 'methods', allowed: COMMON_METHODS };

/**
 * Makes a matcher of a tree of paths: it searches the tree, with backtracking, and keeps what it finds for literal paths.
 * At each segment a literal beats a mixed one, which beats a parameter, which beats a `*rest`.
 *
 * @param routeAt called with the one route that was chosen
 */
export function createMatcher<R = Route>(
  tree: TreeNode,
  routeAt: (route: number) => R,
  options: PathOptions,
): Matcher<R> {
  const root = createLiveNode(tree);
  /** By path, then by method. A path is kept in at most two spellings, so that no client can make the table grow. */
  const literalMatches = new Map<string, Map<string, Match<R>>>();

  return function match(method, path) {
    const known = literalMatches.get(path)?.get(method);
    if (known !== undefined) return known;

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
      method,
      allowed: undefined,
    };
    const end = findEnd(root, 0, search);
    if (end === undefined) return allowedAt(root, search);
    const route = routeAt(typeof end === 'number' ? end : end[0]!);
    if (search.captures.length > 0) return { kind: 'route', route, paramValues: valuesOf(end, search) };
    const found: Match<R> = { kind: 'route', route, paramValues: NO_VALUES };
    if (hasEscape ? isEncodedAsUsual(path, search) : !search.folds && !hasSlashToIgnore(path, options)) {
      literalMatches.set(path, (literalMatches.get(path) ?? new Map()).set(method, found));
    }
    return found;
  };
}

/** Finds the most specific path behind a node. */
function findEnd(node: LiveNode, at: number, search: Search): PathEnd | undefined {
  if (!node.isOpen) openNode(node);
  const { raw, decoded, captures } = search;
  if (at === raw.length) return node.ends === undefined ? undefined : endAt(node.ends, search);
  const segment = decoded[at]!;
  let found: PathEnd | undefined;

  const next = node.literals === undefined ? undefined : literalNode(node, literalAt(at, search));
  if (next !== undefined) {
    found = findEnd(next, at + 1, search);
    if (found !== undefined) return found;
  }
  if (segment !== '') {
    const before = captures.length;
    if (node.mixed !== undefined) {
      for (const edge of node.mixed) {
        const match = edge.expression.exec(segment);
        if (match === null) continue;
        for (let i = 1; i < match.length; i++) captures.push(match[i]!);
        found = findEnd(edge.node, at + 1, search);
        if (found !== undefined) return found;
        captures.length = before;
      }
    }
    if (node.param !== undefined) {
      captures.push(segment);
      found = findEnd(node.param, at + 1, search);
      if (found !== undefined) return found;
      captures.length = before;
    }
  }
  return node.rest === undefined ? undefined : loadWildcardSearch().searchWildcard(node.rest, at, search);
}

/** The methods of every path that the target matches, for `Allow`. */
function allowedAt(root: LiveNode, search: Search): Match<never> {
  const methods = new Set<string>();
  findEnd(root, 0, {
    ...search,
    captures: [],
    allowed: methods,
  });
  return methods.size === 0 ? UNKNOWN : { kind: 'methods', allowed: loadAllowedMethods().allowedMethods(methods) };
}

/** The captures as values of the route's parameters. */
function valuesOf(end: PathEnd, { captures, raw }: Search): readonly ParamValue[] {
  if (typeof end === 'number') return captures as string[];
  const values: ParamValue[] = [];
  let next = 0;
  for (let i = 1; i < end.length; i++) {
    const slot = end[i]!;
    const isRest = slot < 0;
    const position = isRest ? ~slot : slot;
    // Parameters of optional groups that the path leaves out.
    while (values.length < position) values.push(undefined);
    values.push(
      isRest ? raw.slice(captures[next++] as number, captures[next++] as number) : (captures[next++] as string),
    );
  }
  return values;
}

/** Whether `encodeURIComponent` would write the literals of a path as they came. */
function isEncodedAsUsual(path: string, search: Search): boolean {
  return path === `/${search.decoded.map((_, at) => encodeURIComponent(literalAt(at, search))).join('/')}`;
}

/** Whether a path ends in a slash that makes no other path of it. */
function hasSlashToIgnore(path: string, { strict }: PathOptions): boolean {
  return !strict && path.length > 1 && path.endsWith('/');
}
