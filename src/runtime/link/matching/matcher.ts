import { COMMON_METHODS } from '../../http/methods.js';
import type { PathOptions } from '../../http/path-options.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import type { Route } from '../route.js';
import { loadAllowedMethods } from './allowed-methods.lazy.js';
import { createLiveNode, type LiveNode, literalNode } from './live-node.js';
import type { Match } from './match.js';
import { endAt } from './path-end.js';
import { loadRareSearches } from './rare-searches.lazy.js';
import { literalAt, type Search } from './search.js';
import { readTarget } from './target-path.js';

/** Finds the route for a method and a percent-encoded path. */
export type Matcher<R = Route> = (method: string, path: string) => Match<R>;

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
    const decoded = hasEscape ? loadRareSearches().decodeSegments(raw) : raw;
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
    if (end === undefined) return loadAllowedMethods().matchOfMethods(root, search, findEnd);
    const { captures } = search;
    const isInOrder = typeof end === 'number';
    const found: Match<R> = {
      kind: 'route',
      route: routeAt(isInOrder ? end : end[0]!),
      paramValues:
        isInOrder || captures.length === 0 ? (captures as string[]) : loadRareSearches().placeCaptures(end, search),
    };
    // A path without parameters is kept as it came, where few other spellings mean the same.
    if (
      captures.length === 0 &&
      (hasEscape
        ? loadRareSearches().isEncodedAsUsual(path, search)
        : !search.folds && !hasSlashToIgnore(path, options))
    ) {
      literalMatches.set(path, (literalMatches.get(path) ?? new Map()).set(method, found));
    }
    return found;
  };
}

/** Finds the most specific path behind a node. */
function findEnd(node: LiveNode, at: number, search: Search): PathEnd | undefined {
  const { plan } = node;
  const { raw, decoded, captures } = search;
  if (at === raw.length) return plan.ends && endAt(plan.ends, search);
  const isEmpty = decoded[at] === '';
  let found: PathEnd | undefined;
  const next = node.literals && literalNode(node, literalAt(at, search));
  if (next !== undefined) {
    found = findEnd(next, at + 1, search);
    if (found !== undefined) return found;
  }
  if (plan.mixed !== undefined && !isEmpty) {
    found = loadRareSearches().searchMixed(node, at, search, findEnd);
    if (found !== undefined) return found;
  }
  if (plan.param !== undefined && !isEmpty) {
    const before = captures.length;
    captures.push(decoded[at]!);
    node.param ??= createLiveNode(plan.param);
    found = findEnd(node.param, at + 1, search);
    if (found !== undefined) return found;
    captures.length = before;
  }
  return plan.rest && loadRareSearches().searchWildcard(node, at, search);
}

/** Whether a path ends in a slash that makes no other path of it. */
function hasSlashToIgnore(path: string, { strict }: PathOptions): boolean {
  return !strict && path.length > 1 && path.endsWith('/');
}
