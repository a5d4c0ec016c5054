import type { TreeNode } from '../../plan/app-plan.js';

/**
 * A node of the tree as searches use it: all have one shape, which is faster to read than the plan's many. What leads on from
 * it is made when a search first takes it, so that a start does nothing for each route.
 */
export interface LiveNode {
  readonly plan: TreeNode;
  /** Those that searches have taken so far; undefined for a node without literals. */
  readonly literals: Map<string, LiveNode> | undefined;
  mixed: readonly MixedEdge[] | undefined;
  param: LiveNode | undefined;
  rest: LiveNode | undefined;
}

/** An edge of the tree for a segment of text and parameters. */
export interface MixedEdge {
  readonly expression: RegExp;
  readonly node: LiveNode;
}

/** Makes a node. */
export function createLiveNode(plan: TreeNode): LiveNode {
  return { plan, literals: plan.literals && new Map(), mixed: undefined, param: undefined, rest: undefined };
}

/** The node behind a literal. The text may be one that every object has, such as `constructor`. */
export function literalNode({ literals, plan }: LiveNode, text: string): LiveNode | undefined {
  let next = literals?.get(text);
  if (next === undefined && literals !== undefined && Object.hasOwn(plan.literals!, text)) {
    next = createLiveNode(plan.literals![text]!);
    literals.set(text, next);
  }
  return next;
}
