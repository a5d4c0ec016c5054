import type { PathEnd } from '../../plan/app-plan.js';
import { createLiveNode, type LiveNode, type MixedEdge } from './live-node.js';
import type { Search } from './search.js';

/** The edges of a node for segments of text and parameters; their expressions are made for the first search. */
export function mixedOf(node: LiveNode): readonly MixedEdge[] {
  node.mixed ??= (node.plan.mixed ?? []).map(([source, next]) => ({
    expression: new RegExp(source),
    node: createLiveNode(next),
  }));
  return node.mixed;
}

/** Searches on from the mixed edges of a node. @param findEnd searches on from one node */
export function searchMixed(
  node: LiveNode,
  at: number,
  search: Search,
  findEnd: (node: LiveNode, at: number, search: Search) => PathEnd | undefined,
): PathEnd | undefined {
  const { captures } = search;
  const before = captures.length;
  for (const edge of mixedOf(node)) {
    const match = edge.expression.exec(search.decoded[at]!);
    if (match === null) continue;
    for (let i = 1; i < match.length; i++) captures.push(match[i]!);
    const found = findEnd(edge.node, at + 1, search);
    if (found !== undefined) return found;
    captures.length = before;
  }
  return undefined;
}
