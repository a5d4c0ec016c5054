import { CommandError } from '../command-error.js';
import { moduleName } from '../project/module-name.js';
import type { Project } from '../project/project.js';

/** One error of the bundler. */
export interface BundlerError {
  readonly code?: string;
  readonly id?: string;
  /** For an import that cannot be resolved: what was imported. */
  readonly exporter?: string;
  readonly loc?: { readonly line: number; readonly column: number };
  readonly message: string;
  readonly frame?: string;
}

/** Turns what the bundler threw into an error with a message for the user. */
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
  if (code === 'UNRESOLVED_IMPORT' && exporter !== undefined) return `${text}\n\n${fixFor(exporter)}`;
  if (code !== 'INVALID_TLA_FORMAT' || id === undefined) return text;
  const place = `${moduleName(project, id)}${loc === undefined ? '' : `:${loc.line}:${loc.column + 1}`}`;
  return (
    `${place}: top-level await does not work in CommonJS, the default format of the Lambda bundle. ` +
    'Move the awaited code into a function that is called on first use, or keep the promise and await it in the handler; ' +
    'or build ES modules, which support it: twodoors build --format esm.' +
    (frame === undefined ? '' : `\n\n${frame}`)
  );
}

/** The fix for an import that cannot be resolved. */
function fixFor(source: string): string {
  if (/^[./#]/.test(source)) return 'Correct the path, or add the file.';
  const name = source.split('/', source.startsWith('@') ? 2 : 1).join('/');
  return `Correct the name, or install the package: npm install ${name}.`;
}

/** The bundler's message without its code, and without what the bundler does by default. */
export function withoutCode(message: string): string {
  return message
    .replace(/^\[[A-Z_]+\] /, '')
    .replace(', treating it as an external dependency', '')
    .trimEnd();
}
