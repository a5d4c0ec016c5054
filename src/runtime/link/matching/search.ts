import { lowerAscii } from '../../http/path-options.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';

/** One search in the tree of paths: a target, and how far the search has come. */
export interface Search {
  readonly raw: readonly string[];
  readonly decoded: readonly string[];
  /** Whether segments must be folded before they are compared: case does not matter, and there may be upper case. */
  readonly folds: boolean;
  /** The values of parameters; for a `*rest`, where it begins and ends. */
  readonly captures: (string | number)[];
  readonly method: string;
  /** Decides which of the routes whose path ends at a node is found, if any: `endOf`, unless all methods are asked for. */
  readonly choose: (ends: Ends, method: string) => PathEnd | undefined;
}

/** The routes whose path ends at a node. */
export type Ends = NonNullable<TreeNode['ends']>;

/** Finds the most specific path behind a node. Where it finds none, the captures are as before. */
export type FindEnd = (node: TreeNode, at: number, search: Search) => PathEnd | undefined;

/** A segment in the form in which literals are compared. */
export function literalAt(at: number, { decoded, folds }: Search): string {
  return folds ? lowerAscii(decoded[at]!) : decoded[at]!;
}
