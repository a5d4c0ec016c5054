import type { ParamValue } from '../http/http-request.js';
import { compareSegments, fold, type PathOptions, type Segment } from './path-pattern.js';
import type { Route } from './route.js';

/** What a target leads to. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly paramValues: readonly ParamValue[] }
  | { readonly kind: 'methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' };

/** Finds the route for a method and a percent-encoded path. */
export type Matcher = (method: string, path: string) => Match;

/** The route that a variant belongs to, and where its captures go among the route's parameters. */
interface Leaf {
  readonly route: Route;
  readonly slots: readonly number[];
}

/** A node of the segment tree; its edges in the order in which they are tried. */
interface Node {
  literals: Map<string, Node> | undefined;
  mixed: { regexp: RegExp; segment: Segment; node: Node }[];
  param: Node | undefined;
  rest: Node | undefined;
  /** By method; undefined where no path ends here. */
  leaves: Map<string, Leaf> | undefined;
}

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
  captures: (string | number)[];
  visit: (leaves: Map<string, Leaf>) => Leaf | undefined;
}

const NO_VALUES: readonly ParamValue[] = [];
const UNKNOWN: Match = { kind: 'unknown' };
const MALFORMED: Match = { kind: 'malformed' };
/** `OPTIONS *` asks about the server as a whole (RFC 9110 §9.3.7). */
const SERVER: Match = {
  kind: 'methods',
  allowed: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
};
const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Makes a matcher over routes: a table of literal paths first, then a tree of segments, walked with backtracking. The
 * order of the routes does not matter. At each segment a literal beats a mixed one, that a parameter, that a `*rest`.
 */
export function createMatcher(routes: readonly Route[], options: PathOptions): Matcher {
  const root = createNode();
  const literalPaths = new Map<string, { leaves: Map<string, Leaf>; matches: Map<string, Match> }>();

  for (const route of routes) {
    const indexes = new Map(route.params.map((param, i) => [param.name, i]));
    for (const { segments } of route.pattern.variants) {
      let node = root;
      const slots: number[] = [];
      for (const segment of segments) {
        for (const name of namesIn(segment)) slots.push(indexes.get(name)!);
        node = step(node, segment);
      }
      node.leaves ??= new Map();
      node.leaves.set(route.method, { route, slots });
      if (segments.every((segment) => segment.kind === 'literal')) {
        const path = `/${segments.map((segment) => encodeURIComponent((segment as { text: string }).text)).join('/')}`;
        literalPaths.set(path, { leaves: node.leaves, matches: new Map() });
      }
    }
  }

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
    const raw = split(path, options.strict);
    if (raw === undefined) return path === '*' && method === 'OPTIONS' ? SERVER : MALFORMED;
    const decoded = decodeAll(raw, path);
    if (decoded === undefined) return MALFORMED;

    const search: Search = {
      method,
      raw,
      decoded,
      captures: [],
      visit: (leaves) => leafFor(leaves, method),
    };
    const leaf = walk(root, 0, search);
    if (leaf !== undefined) {
      return { kind: 'route', route: leaf.route, paramValues: place(leaf, search) };
    }
    return allowedAt(search);
  };

  function walk(node: Node, at: number, search: Search): Leaf | undefined {
    const { raw, decoded, captures } = search;
    if (at === raw.length) return node.leaves === undefined ? undefined : search.visit(node.leaves);
    const segment = decoded[at]!;
    let found: Leaf | undefined;

    const next = node.literals?.get(fold(segment, options));
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
      const ends = new Set(starts.flatMap((start) => endsOf(edge, start, search)));
      if (ends.size === 0) return undefined;
      edges.push(edge);
      const found = walkBehindRest(next, [...ends], edges, search);
      if (found === undefined) edges.pop();
      return found;
    };
    const { raw, decoded } = search;
    let found: Leaf | undefined;
    if (node.literals !== undefined) {
      const texts = new Set(
        starts.filter((start) => start < raw.length).map((start) => fold(decoded[start]!, options)),
      );
      for (const text of [...texts].sort()) found ??= follow(node.literals.get(text), { kind: 'literal', text });
    }
    for (const { regexp, node: next } of node.mixed) found ??= follow(next, { kind: 'mixed', regexp });
    found ??= follow(node.param, { kind: 'param' }) ?? follow(node.rest, { kind: 'rest' });
    if (found !== undefined || node.leaves === undefined || !starts.includes(raw.length)) return found;
    return search.visit(node.leaves);
  }

  /** Where an edge that is taken at a segment may end, the farthest first. */
  function endsOf(edge: Edge, at: number, { raw, decoded }: Search): number[] {
    if (at >= raw.length) return [];
    switch (edge.kind) {
      case 'literal':
        return fold(decoded[at]!, options) === edge.text ? [at + 1] : [];
      case 'mixed':
        return edge.regexp.test(decoded[at]!) ? [at + 1] : [];
      case 'param':
        return decoded[at] === '' ? [] : [at + 1];
      case 'rest':
        return Array.from({ length: Math.max(raw.length - leastEnd(at, raw) + 1, 0) }, (_, i) => raw.length - i);
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
  function allowedAt(search: Search): Match {
    const methods = new Set<string>();
    walk(root, 0, {
      ...search,
      captures: [],
      visit: (leaves) => {
        for (const method of leaves.keys()) {
          if (method === 'ALL') for (const each of ORDER) methods.add(each);
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
        ...ORDER.filter((method) => methods.has(method)),
        ...[...methods].filter((method) => !ORDER.includes(method)).sort(),
      ],
    };
  }
}

/** A method's own route, GET's for HEAD, then `@All`. */
function leafFor(leaves: Map<string, Leaf>, method: string): Leaf | undefined {
  return (
    leaves.get(method) ??
    (method === 'HEAD' ? leaves.get('GET') : undefined) ??
    (ORDER.includes(method) ? leaves.get('ALL') : undefined)
  );
}

/** Where a `*rest` ends at the least: it is never empty, and of a single empty segment nothing would be left. */
function leastEnd(at: number, raw: readonly string[]): number {
  return raw[at] === '' ? at + 2 : at + 1;
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
  const { params } = leaf.route;
  if (params.length === 0) return NO_VALUES;
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

/** The raw segments of a path; one trailing slash is ignored unless it is strict. Undefined where it is no path. */
function split(path: string, strict: boolean): string[] | undefined {
  if (path.charCodeAt(0) !== 47 /* / */ || path.includes('#')) return undefined;
  if (path.length === 1) return [];
  const end = !strict && path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(1, end).split('/');
}

/** The segments, each percent-decoded once. Undefined where an escape is malformed, no UTF-8, or a NUL. */
function decodeAll(raw: readonly string[], path: string): readonly string[] | undefined {
  if (!path.includes('%')) return path.includes('\0') ? undefined : raw;
  try {
    const decoded = raw.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
    return decoded.some((segment) => segment.includes('\0')) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function createNode(): Node {
  return { literals: undefined, mixed: [], param: undefined, rest: undefined, leaves: undefined };
}

/** The node behind an edge, made where it is missing. */
function step(node: Node, segment: Segment): Node {
  switch (segment.kind) {
    case 'literal': {
      node.literals ??= new Map();
      let next = node.literals.get(segment.text);
      if (next === undefined) {
        next = createNode();
        node.literals.set(segment.text, next);
      }
      return next;
    }
    case 'mixed': {
      const known = node.mixed.find((edge) => edge.regexp.source === segment.regexp.source);
      if (known !== undefined) return known.node;
      const next = createNode();
      node.mixed.push({ regexp: segment.regexp, segment, node: next });
      node.mixed.sort((a, b) => compareSegments(a.segment, b.segment));
      return next;
    }
    case 'param':
      node.param ??= createNode();
      return node.param;
    case 'rest':
      node.rest ??= createNode();
      return node.rest;
  }
}

function namesIn(segment: Segment): readonly string[] {
  switch (segment.kind) {
    case 'literal':
      return [];
    case 'mixed':
      return segment.names;
    default:
      return [segment.name];
  }
}
