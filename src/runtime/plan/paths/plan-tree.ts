import type { RouteDeclaration } from '../../declarations/route.js';
import { compareSegments, type Segment } from '../../routes/segment.js';
import type { PathEnd, TreeNode } from '../app-plan.js';

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
      node.ends[method] = slots.every((slot, i) => slot === i) ? route : [route, ...slots];
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
      // Without a prototype, `__proto__` is a name like any other.
      node.literals ??= Object.create(null) as Record<string, Draft>;
      node.literals[segment.text] ??= {};
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
    default: {
      node[segment.kind] ??= {};
      return node[segment.kind]!;
    }
  }
}

function namesIn(segment: Segment): readonly string[] {
  return segment.kind === 'mixed' ? segment.names : segment.kind === 'literal' ? [] : [segment.name];
}
