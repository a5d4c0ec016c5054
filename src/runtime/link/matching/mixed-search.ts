import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import type { FindEnd, Search } from './search.js';

type MixedEdges = NonNullable<TreeNode['mixed']>;

/** An edge of the tree for a segment of text and parameters. */
interface MixedEdge {
  readonly expression: RegExp;
  readonly node: TreeNode;
}

const edgesOf = new WeakMap<MixedEdges, readonly MixedEdge[]>();

/** The edges of a node for segments of text and parameters; their expressions are made for the first search. */
export function mixedOf(mixed: MixedEdges): readonly MixedEdge[] {
  let edges = edgesOf.get(mixed);
  if (edges === undefined) {
    edges = mixed.map(([source, node]) => ({ expression: new RegExp(source), node }));
    edgesOf.set(mixed, edges);
  }
  return edges;
}

/** Searches on from the mixed edges of a node. @param findEnd searches on from one node */
export function searchMixed(mixed: MixedEdges, at: number, search: Search, findEnd: FindEnd): PathEnd | undefined {
  const { captures } = search;
  const before = captures.length;
  for (const edge of mixedOf(mixed)) {
    const match = edge.expression.exec(search.decoded[at]!);
    if (match === null) continue;
    for (let i = 1; i < match.length; i++) captures.push(match[i]!);
    const found = findEnd(edge.node, at + 1, search);
    if (found !== undefined) return found;
    captures.length = before;
  }
  return undefined;
}
