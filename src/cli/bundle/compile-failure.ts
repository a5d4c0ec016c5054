import { CommandError } from '../command-error.js';
import { moduleName, type Project } from '../project/project.js';

/** One error of the bundler. */
export interface BundlerError {
  readonly code?: string;
  readonly id?: string;
  /** For an import that leads nowhere: what was imported. */
  readonly exporter?: string;
  readonly loc?: { readonly line: number; readonly column: number };
  readonly message: string;
  readonly frame?: string;
}

/** Makes an error that talks to a person of whatever the bundler threw. */
export function compileFailure(project: Project, thrown: unknown): Error {
  if (thrown instanceof CommandError) return thrown;
  const { errors } = thrown as { errors?: readonly BundlerError[] };
  if (errors === undefined) return thrown instanceof Error ? thrown : new Error(String(thrown));
  const own = errors.find((error) => error instanceof CommandError);
  return own instanceof CommandError
    ? own
    : new CommandError(errors.map((error) => explain(project, error)).join('\n\n'));
}

function explain(project: Project, { code, id, exporter, loc, message, frame }: BundlerError): string {
  const text = withoutCode(message);
  if (code === 'UNRESOLVED_IMPORT' && exporter !== undefined) return `${text}\n\n${cureOf(exporter)}`;
  if (code !== 'INVALID_TLA_FORMAT' || id === undefined) return text;
  const place = `${moduleName(project, id)}${loc === undefined ? '' : `:${loc.line}:${loc.column + 1}`}`;
  return (
    `${place}: there is an await outside of a function. ` +
    'The bundle for Lambda is one CommonJS file, and such a file cannot wait while it loads. ' +
    'Move what is awaited into a function that is called on first use, or keep the promise and await it in the handler; ' +
    'or build ES modules, which may wait: twodoors build --format esm.' +
    (frame === undefined ? '' : `\n\n${frame}`)
  );
}

/** What helps against an import that leads nowhere. */
function cureOf(source: string): string {
  if (/^[./#]/.test(source)) return 'Correct the path, or add the file.';
  const name = source.split('/', source.startsWith('@') ? 2 : 1).join('/');
  return `Correct the name, or install it: npm install ${name}.`;
}

/** The bundler's message without its code, and without what it would do of its own accord. */
export function withoutCode(message: string): string {
  return message
    .replace(/^\[[A-Z_]+\] /, '')
    .replace(', treating it as an external dependency', '')
    .trimEnd();
}
