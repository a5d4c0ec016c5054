import { lowerAscii } from '../../http/path-options.js';

/** One search in the tree of paths: a target, and how far the search has come. */
export interface Search {
  raw: readonly string[];
  decoded: readonly string[];
  /** Whether segments must be folded before they are compared: case does not matter, and there may be upper case. */
  folds: boolean;
  /** The values of parameters; for a `*rest`, where it begins and ends. */
  captures: (string | number)[];
  /** The method that an end must be for. */
  method: string;
  /** Where it is not undefined, nothing is found: the methods of all ends are added to it. */
  allowed: Set<string> | undefined;
}

/** A segment in the form in which literals are compared. */
export function literalAt(at: number, { decoded, folds }: Search): string {
  return folds ? lowerAscii(decoded[at]!) : decoded[at]!;
}
