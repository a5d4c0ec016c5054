import { COMMON_METHODS } from '../../http/methods.js';
import { lowerAscii } from '../../http/path-options.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import { loadAllowedMethods } from './allowed-methods.lazy.js';

type Ends = NonNullable<TreeNode['ends']>;

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

/** The end for the method of a search: the method's own, else GET's for HEAD, else that of `@All`. */
export function endAt(ends: Ends, { method, allowed }: Search): PathEnd | undefined {
  if (allowed !== undefined) {
    loadAllowedMethods().addMethods(ends, allowed);
    return undefined;
  }
  return (
    ownEnd(ends, method) ??
    (method === 'HEAD' ? ends['GET'] : undefined) ??
    (COMMON_METHODS.includes(method) ? ends['ALL'] : undefined)
  );
}

/** A client may call its method `ALL`, or `constructor`, which every object has. */
function ownEnd(ends: Ends, method: string): PathEnd | undefined {
  const end = method === 'ALL' ? undefined : ends[method];
  return typeof end === 'number' || Array.isArray(end) ? end : undefined;
}
