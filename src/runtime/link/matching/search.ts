import { lowerAscii } from '../../http/path-options.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';

/** One search in the tree of paths: a target, and how far the search has come. */
export interface Search {
  raw: readonly string[];
  decoded: readonly string[];
  /** Whether segments must be folded before they are compared: case does not matter, and there may be upper case. */
  folds: boolean;
  /** The values of parameters; for a `*rest`, where it begins and ends. */
  captures: (string | number)[];
  /** The expressions that this search and earlier ones have used, by source. */
  expressions: Map<string, RegExp>;
  /** Called with the ends of each node where the target ends; the search stops when it gives one. */
  visit: (ends: NonNullable<TreeNode['ends']>) => PathEnd | undefined;
}

/** A segment in the form in which literals are compared. */
export function literalAt(at: number, { decoded, folds }: Search): string {
  return folds ? lowerAscii(decoded[at]!) : decoded[at]!;
}

/** The expression of a mixed segment, compiled for the first search that comes to it. */
export function expressionOf(source: string, { expressions }: Search): RegExp {
  let expression = expressions.get(source);
  if (expression === undefined) {
    expression = new RegExp(source);
    expressions.set(source, expression);
  }
  return expression;
}

/** A value by a name that a client chose; what every object has, such as `constructor`, is not a value. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
