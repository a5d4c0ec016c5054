import type { Route } from '../declarations/route.js';
import type { Match } from './match.js';
import { compareSegments, type Segment } from './segment.js';

/** The methods that every app knows, in the order of `Allow`. */
export const COMMON_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The end of a variant of a path: its route, and which of the route's parameters each capture is. */
export interface Leaf {
  readonly route: Route;
  readonly slots: readonly number[];
  /** Whether the captures are the values of the route's parameters: all of them, in order, each of one segment. */
  readonly isDirect: boolean;
}

/** A node of the segment tree; its edges in the order in which a search takes them. */
export interface Node {
  literals: Map<string, Node> | undefined;
  mixed: { regexp: RegExp; segment: Segment; node: Node }[];
  param: Node | undefined;
  rest: Node | undefined;
  /** By method; undefined where no path ends here. */
  leaves: Map<string, Leaf> | undefined;
}

/** Routes as a tree of segments, and the paths that are completely literal. */
export interface SegmentTree {
  readonly root: Node;
  /** By percent-encoded path, as a client is likely to write it. */
  readonly literalPaths: ReadonlyMap<string, LiteralPath>;
}

/** A path without parameters, and the matches found for it so far. */
export interface LiteralPath {
  readonly leaves: Map<string, Leaf>;
  readonly matches: Map<string, Match>;
}

/** Builds the tree of all variants of all routes. */
export function createTree(routes: readonly Route[]): SegmentTree {
  const root = createNode();
  const literalPaths = new Map<string, LiteralPath>();
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
      const isDirect =
        slots.length === route.params.length &&
        slots.every((slot, i) => slot === i && route.params[i]!.kind === 'text');
      node.leaves.set(route.method, { route, slots, isDirect });
      if (segments.every((segment) => segment.kind === 'literal')) {
        const path = `/${segments.map((segment) => encodeURIComponent((segment as { text: string }).text)).join('/')}`;
        literalPaths.set(path, { leaves: node.leaves, matches: new Map() });
      }
    }
  }
  return { root, literalPaths };
}

/** The leaf for a method: its own, else GET's for HEAD, else that of `@All`. */
export function leafFor(leaves: Map<string, Leaf>, method: string): Leaf | undefined {
  return (
    leaves.get(method) ??
    (method === 'HEAD' ? leaves.get('GET') : undefined) ??
    (COMMON_METHODS.includes(method) ? leaves.get('ALL') : undefined)
  );
}

function createNode(): Node {
  return { literals: undefined, mixed: [], param: undefined, rest: undefined, leaves: undefined };
}

/** The node behind an edge, created where it is missing. */
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
