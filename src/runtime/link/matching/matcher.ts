import { COMMON_METHODS } from '../../http/methods.js';
import type { PathOptions } from '../../http/path-options.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import type { Route } from '../route.js';
import { loadAllowedMethods } from './allowed-methods.lazy.js';
import type { Match } from './match.js';
import { loadRareSearches } from './rare-searches.lazy.js';
import { type Ends, literalAt, type Search } from './search.js';
import { readTarget } from './target-path.js';

/** Finds the route for a method and a percent-encoded path. */
export type Matcher<R = Route> = (method: string, path: string) => Match<R>;

/** Paths that are searched, and what was found. */
export interface SearchedPaths<R> {
  readonly source: { readonly tree: TreeNode; readonly options: PathOptions };
  /** By path, then by method. A path is kept in at most two spellings, so that no client can make the table grow. */
  readonly kept: Map<string, Map<string, Match<R>>>;
  /** The routes that were chosen so far, by position, where they are kept. */
  readonly linked: readonly R[];
  /** Called with the one route that was chosen, where it is not kept. */
  routeAt(route: number): R;
}

/**
 * Finds the route for a method and a percent-encoded path: searches the tree, with backtracking, and keeps what it finds for
 * literal paths. At each segment a literal beats a mixed one, which beats a parameter, which beats a `*rest`.
 */
export function findMatch<R>(paths: SearchedPaths<R>, method: string, path: string): Match<R> {
  const known = paths.kept.get(path)?.get(method);
  if (known !== undefined) return known;

  const { tree, options } = paths.source;
  const target = readTarget(path, options.strict);
  const decoded = target?.hasEscape ? loadRareSearches().decodeSegments(target.raw) : target?.raw;
  if (target === undefined || decoded === undefined) return loadAllowedMethods().matchOfNoPath(method, path);
  const { raw, hasEscape } = target;
  const captures: Search['captures'] = [];
  const folds = !options.caseSensitive && (target.hasUpper || hasEscape);
  const search: Search = { raw, decoded, folds, captures, method, choose: endOf };
  const end = findEnd(tree, 0, search);
  if (end === undefined) return loadAllowedMethods().matchOfMethods(tree, search, findEnd);
  const isInOrder = typeof end === 'number';
  const index = isInOrder ? end : end[0]!;
  const found: Match<R> = {
    kind: 'route',
    route: paths.linked[index] ?? paths.routeAt(index),
    paramValues:
      isInOrder || captures.length === 0 ? (captures as string[]) : loadRareSearches().placeCaptures(end, search),
  };
  // A path without parameters is kept as it came, where few other spellings mean the same.
  if (
    captures.length === 0 &&
    (hasEscape ? loadRareSearches().isEncodedAsUsual(path, search) : !folds && path === `/${raw.join('/')}`)
  ) {
    paths.kept.set(path, (paths.kept.get(path) ?? new Map()).set(method, found));
  }
  return found;
}

/** Finds the most specific path behind a node. Where it finds none, the captures are as before. */
function findEnd(node: TreeNode, at: number, search: Search): PathEnd | undefined {
  const { decoded, captures } = search;
  // Nodes have the members that they need, in no order: each is looked up only where it counts.
  if (at === decoded.length) return node.ends && search.choose(node.ends, search.method);
  const { literals } = node;
  const segment = decoded[at]!;
  let found: PathEnd | undefined;
  if (literals !== undefined) {
    const text = search.folds ? literalAt(at, search) : segment;
    // It may be a name that every object has, such as `constructor`.
    if (Object.hasOwn(literals, text)) found = findEnd(literals[text]!, at + 1, search);
    if (found !== undefined) return found;
  }
  if (segment !== '') {
    const { mixed, param } = node;
    found = mixed && loadRareSearches().searchMixed(mixed, at, search, findEnd);
    if (found !== undefined) return found;
    if (param !== undefined) {
      captures.push(segment);
      found = findEnd(param, at + 1, search);
      if (found !== undefined) return found;
      captures.pop();
    }
  }
  return node.rest && loadRareSearches().searchWildcard(node.rest, at, search);
}

/** The end for a method: the method's own, else GET's for HEAD, else that of `@All`. */
function endOf(ends: Ends, method: string): PathEnd | undefined {
  // A client may call its method `ALL`, or `constructor`, which every object has.
  const own = method === 'ALL' ? undefined : ends[method];
  if (typeof own === 'number' || Array.isArray(own)) return own;
  return (method === 'HEAD' ? ends['GET'] : undefined) ?? (COMMON_METHODS.includes(method) ? ends['ALL'] : undefined);
}
