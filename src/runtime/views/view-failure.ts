/** What nunjucks throws when a view fails: the views on the way are in the message, the place in the last of them. */
interface TemplateError extends Error {
  /** Counted from 0; 0 together with `colno` where nunjucks does not know the place. */
  readonly lineno: number;
  readonly colno: number;
  readonly cause?: unknown;
}

/** Views on the way, outermost first, each on a line; the last one may have its place. */
const WAY = /^(?:\s*(?:Template render error: )?\((.+)\)(?: \[Line \d+, Column \d+\])?(?:\n|$))+\s*/;

/**
 * The error for a view that failed: which view, which line, and why. What nunjucks throws counts lines from 0, and names
 * the file of a macro's caller beside the macro's line.
 *
 * @param hasMacros whether a view imports macros of another
 */
export function describeViewFailure(error: unknown, folder: string, hasMacros: (view: string) => boolean): unknown {
  if (!isTemplateError(error)) return error;
  const way = WAY.exec(error.message);
  const view = way?.[1];
  if (view === undefined) return error;
  const { lineno, colno, cause } = error;
  const line = lineno > 0 || colno > 0 ? `, line ${lineno + 1}` : '';
  const macro = line !== '' && hasMacros(view) ? ', or that line of a file whose macro it imports' : '';
  const reason = error.message.slice(way![0].length);
  const failure = new Error(`${folder}/${view}${line}${macro}: ${reason}`, { cause: cause ?? error });
  if (line === '') return failure;
  // For the page of the error in development; the log has it in the message.
  return Object.defineProperty(failure, 'place', { value: { file: `${folder}/${view}`, line: lineno + 1 } });
}

function isTemplateError(error: unknown): error is TemplateError {
  return error instanceof Error && typeof (error as Partial<TemplateError>).lineno === 'number';
}
