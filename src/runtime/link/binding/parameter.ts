import { nameOf } from '../../declarations/class.js';
import type { ParamRecord, ParamSource } from '../../declarations/param-record.js';
import type { RouteDeclaration } from '../../declarations/route.js';
import type { BindingIssue } from '../../http/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { UnknownProperties } from '../validation/hydrate-class.js';
import type { BodyKind, BodyParser, BodyParserOptions, ParsedBody } from './body-parser.js';

/** Gives one argument of a call: a value, a `BindingFailure`, or a promise of either. */
export type Binder = (request: HttpRequest, body: ParsedBody | undefined) => unknown;

/** A parameter at startup: what its binder is made of, and where its mistakes go. */
export interface Parameter {
  readonly record: ParamRecord;
  readonly route: RouteDeclaration;
  /** Given to the decorator, or else left by the compiler. */
  readonly type: unknown;
  readonly isExplicit: boolean;
  readonly isOptional: boolean;
  readonly unknownProperties: UnknownProperties;
  complain(what: string): void;
}

/** How one argument comes about. */
export interface ParameterBinding {
  readonly bind: Binder;
  /** What it needs of the body; undefined where it needs none. */
  readonly body?: {
    readonly kind: BodyKind;
    readonly createParser: (options: BodyParserOptions) => BodyParser;
    /** What its files may add to the app's limit, in bytes. */
    readonly extraBytes?: number;
  };
}

/** Decides, at startup, how an argument comes about. What is wrong goes to the parameter's `complain`. */
export type PlanBinding = (parameter: Parameter) => ParameterBinding;

/** What people call the decorator of each source. */
export const DECORATORS: Record<ParamSource, string> = {
  param: '@Param',
  query: '@Query',
  headers: '@Headers',
  cookie: '@Cookie',
  body: '@Body',
  file: '@UploadedFile',
  files: '@UploadedFiles',
  request: '@Req',
  custom: 'createParam',
};

/** What the mistakes of each source say that they are in. */
export const PARTS: Record<ParamSource, BindingIssue['in']> = {
  param: 'path',
  query: 'query',
  headers: 'header',
  cookie: 'cookie',
  body: 'body',
  file: 'body',
  files: 'body',
  request: 'body',
  custom: 'body',
};

/** The binder of a parameter that is a mistake; the app does not start. */
export const NEVER: Binder = () => undefined;

/** The explicit form that cures a type that is not known. */
function explicitForm({ record }: Parameter, example: string): string {
  const name = record.name === undefined ? '' : `'${record.name}', `;
  return `${DECORATORS[record.source]}(${name}${example})`;
}

/** Says that a type cannot be used, why, and the cures. */
export function complainOfType(parameter: Parameter, example: string): void {
  const { type, complain, record } = parameter;
  const form = explicitForm(parameter, example);
  const cures = `Annotate it with a type that is there at run time (and compile with emitDecoratorMetadata), or give the type: ${form}.`;
  if (type === undefined) {
    const lazily = explicitForm(parameter, `lazy(() => ${example})`);
    complain(
      `its type is not known: the compiler left no metadata, or the class is not defined yet because two files import each other. Compile with emitDecoratorMetadata, or give the type: ${form}; for files that import each other, ${lazily}.`,
    );
  } else if (type === Array) {
    complain(
      `it is a list, of what is not known at run time. Give the type of its items: ${explicitForm(parameter, '[Item]')}.`,
    );
  } else if (type === Object) {
    complain(
      `its type is not known: an interface, a union, any, unknown, or a default value without a type leaves nothing at run time. ${cures}`,
    );
  } else {
    const name = Array.isArray(type) ? `[${type.map(nameOf).join(', ')}]` : nameOf(type);
    complain(`its type, ${name}, cannot be made of ${record.source === 'body' ? 'a body' : 'text'}. ${cures}`);
  }
}
