import type { RouteDeclaration } from '../declarations/route.js';
import { compareSegments, type Segment } from '../routes/segment.js';
import type { PathEnd, TreeNode } from './app-plan.js';

/** A node that is still being built. */
interface Draft extends TreeNode {
  literals?: Record<string, Draft>;
  mixed?: [source: string, node: Draft][];
  param?: Draft;
  rest?: Draft;
  ends?: Record<string, PathEnd>;
}

type MixedSegment = Extract<Segment, { kind: 'mixed' }>;

/** Makes the tree of all variants of all paths. In it a route is its position in the list. */
export function planTree(routes: readonly Pick<RouteDeclaration, 'method' | 'pattern'>[]): TreeNode {
  const root: Draft = {};
  const mixed = new Map<string, MixedSegment>();
  routes.forEach(({ method, pattern }, route) => {
    const { params, variants } = pattern;
    for (const { segments } of variants) {
      let node = root;
      for (const segment of segments) node = step(node, segment, mixed);
      const names = segments.flatMap(namesIn);
      const slots = names.map((name) => {
        const position = params.findIndex((param) => param.name === name);
        return params[position]!.kind === 'rest' ? ~position : position;
      });
      node.ends ??= {};
      define(node.ends, method, slots.every((slot, i) => slot === i) ? route : [route, ...slots]);
    }
  });
  return root;
}

/**
 * The node behind an edge, created where it is missing.
 *
 * @param mixed every mixed segment so far, by the source of its expression
 */
function step(node: Draft, segment: Segment, mixed: Map<string, MixedSegment>): Draft {
  switch (segment.kind) {
    case 'literal': {
      node.literals ??= {};
      if (!Object.hasOwn(node.literals, segment.text)) define(node.literals, segment.text, {});
      return node.literals[segment.text]!;
    }
    case 'mixed': {
      const { source } = segment.regexp;
      mixed.set(source, segment);
      node.mixed ??= [];
      const known = node.mixed.find(([other]) => other === source);
      if (known !== undefined) return known[1];
      const next: Draft = {};
      node.mixed.push([source, next]);
      node.mixed.sort(([a], [b]) => compareSegments(mixed.get(a)!, mixed.get(b)!));
      return next;
    }
    case 'param':
      node.param ??= {};
      return node.param;
    case 'rest':
      node.rest ??= {};
      return node.rest;
  }
}

/** Sets a property of any name: an assignment to `__proto__` would not create one. */
function define<T>(record: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(record, name, { value, configurable: true, enumerable: true, writable: true });
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
