import { lowerAscii } from './segment.js';
import type { Leaf } from './segment-tree.js';

/** One search in the segment tree: a target, and how far the search has come. */
export interface Search {
  raw: readonly string[];
  decoded: readonly string[];
  /** Whether segments must be folded before they are compared: case does not matter, and there may be upper case. */
  folds: boolean;
  /** The values of parameters; for a `*rest`, where it begins and ends. */
  captures: (string | number)[];
  /** Called with the leaves of each node where the target ends; the search ends when it gives one. */
  visit: (leaves: Map<string, Leaf>) => Leaf | undefined;
}

/** A segment in the form in which literals are compared. */
export function literalAt(at: number, { decoded, folds }: Search): string {
  return folds ? lowerAscii(decoded[at]!) : decoded[at]!;
}
