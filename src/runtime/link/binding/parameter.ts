import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { ParamRecord } from '../../declarations/param-record.js';
import type { RouteDeclaration } from '../../declarations/route.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { UnknownProperties } from '../../plan/app-plan.js';
import type { BodyKind, BodyParser, BodyParserOptions, ParsedBody } from './body-parser.js';

/** Gives one argument of a call: a value, a `BindingFailure`, or a promise of either. */
export type Binder = (request: HttpRequest, body: ParsedBody | undefined) => unknown;

/** A parameter at startup: what its binder is made of, and where its mistakes go. */
export interface Parameter {
  readonly record: ParamRecord;
  readonly route: RouteDeclaration;
  /** The type passed to the decorator, else the one that the compiler has emitted. */
  readonly type: unknown;
  /** Whether the type was passed to the decorator. */
  readonly isExplicit: boolean;
  /** Whether the value may be missing. */
  readonly isOptional: boolean;
  /** What the app says of names that a DTO does not declare; undefined where it says nothing. */
  readonly unknownProperties: UnknownProperties | undefined;
  /** The most mistakes that are collected; undefined for the default. */
  readonly maxErrors: number | undefined;
  /** Adds mistakes at the parameter's place. */
  readonly mistakes: Mistakes;
}

/** How one argument is made. */
export interface ParameterBinding {
  readonly bind: Binder;
  /** What it needs of the body; undefined where it does not bind the body. */
  readonly body?: BodyNeeds;
  /** Converts values of the path, which may fail: that is a 404, before the body is read. */
  readonly checkPath?: Binder | undefined;
}

/** What a parameter needs of the body. */
export interface BodyNeeds {
  readonly kind: BodyKind;
  readonly createParser: (options: BodyParserOptions) => BodyParser;
  /** What its files may add to the route's limit, in bytes. Default: 0. */
  readonly extraBytes?: number;
}

/** Decides, at startup, how an argument is made; adds what is wrong to the parameter's mistakes. */
export type PlanBinding = (parameter: Parameter) => ParameterBinding;

/**
 * What a parameter's DTO does with names that it does not declare: the parameter decides, then the app, then where the
 * values come from.
 */
export function unknownPropertiesOf(
  { record, unknownProperties }: Parameter,
  byDefault: UnknownProperties,
): UnknownProperties {
  return record.options.unknownProperties ?? unknownProperties ?? byDefault;
}

/** The binder of a parameter with a mistake; the app does not start. */
export function bindNothing(): undefined {}

/** Adds the mistake that a type cannot be used: why, and how to pass one that can. */
export function rejectType({ type, record, mistakes }: Parameter, example: string): void {
  const withType = (name: string) =>
    `${record.decorator}(${record.name === undefined ? '' : `'${record.name}', `}${name})`;
  const form = withType(example);
  if (type === undefined) {
    mistakes.add(
      'type-unknown',
      `its type is unknown: the compiler emitted no metadata, or two files import each other. Compile with emitDecoratorMetadata, or pass the type: ${form} or ${withType(`lazy(() => ${example})`)}.`,
    );
  } else if (type === Array) {
    mistakes.add('type-unknown', `the type of its items is unknown at run time. Pass it: ${withType('[Item]')}.`);
  } else if (type === Object) {
    mistakes.add(
      'type-unknown',
      `its type is unknown at run time: interfaces, unions and untyped defaults emit no metadata. Pass it: ${form}.`,
    );
  } else {
    const name = Array.isArray(type) ? `[${type.map(nameOf).join(', ')}]` : nameOf(type);
    const value = record.source === 'body' ? 'a body' : 'text';
    mistakes.add('type-not-convertible', `${value} cannot be converted to ${name}. Pass another type: ${form}.`);
  }
}
