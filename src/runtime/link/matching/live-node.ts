import type { PathEnd, TreeNode } from '../../plan/app-plan.js';

/**
 * A node of the tree as searches use it: all have one shape, which is faster to read than the plan's many. It is opened
 * when a search first comes to it, so that a start does nothing for each route.
 */
export interface LiveNode {
  readonly plan: TreeNode;
  isOpen: boolean;
  /** Those that searches have taken so far. */
  literals: Map<string, LiveNode> | undefined;
  mixed: readonly MixedEdge[] | undefined;
  param: LiveNode | undefined;
  rest: LiveNode | undefined;
  ends: Readonly<Record<string, PathEnd>> | undefined;
}

/** An edge of the tree for a segment of text and parameters. */
export interface MixedEdge {
  readonly expression: RegExp;
  readonly node: LiveNode;
}

/** Makes a node that is not open yet. */
export function createLiveNode(plan: TreeNode): LiveNode {
  return {
    plan,
    isOpen: false,
    literals: undefined,
    mixed: undefined,
    param: undefined,
    rest: undefined,
    ends: undefined,
  };
}

/** Gives a node its edges. */
export function openNode(node: LiveNode): void {
  const { literals, mixed, param, rest, ends } = node.plan;
  node.isOpen = true;
  node.literals = literals && new Map();
  node.mixed = mixed?.map(([source, next]) => ({ expression: new RegExp(source), node: createLiveNode(next) }));
  node.param = param && createLiveNode(param);
  node.rest = rest && createLiveNode(rest);
  node.ends = ends;
}

/** The node behind a literal. The text may be one that every object has, such as `constructor`. */
export function literalNode({ literals, plan }: LiveNode, text: string): LiveNode | undefined {
  if (literals === undefined) return undefined;
  const known = literals.get(text);
  if (known !== undefined || !Object.hasOwn(plan.literals!, text)) return known;
  const next = createLiveNode(plan.literals![text]!);
  literals.set(text, next);
  return next;
}
