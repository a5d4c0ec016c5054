import type { BindingIssue } from '../../http/http-error.js';
import { isSchema } from '../../types/standard-schema.js';
import { INVALID, type TextType, textTypeOf } from '../../types/text-types.js';
import { BindingFailure } from './binding-failure.js';
import type { NamedValue } from './named-source.js';
import { type Binder, bindNothing, type Parameter, rejectType } from './parameter.js';
import { applySchema } from './schema-binder.js';

/** A named value as its binder sees it. */
export interface BoundValue extends NamedValue {
  readonly location: BindingIssue['in'];
  readonly isOptional: boolean;
}

/** Makes the binder of a named value, by the parameter's type. */
export function createValueBinder(parameter: Parameter, value: BoundValue): Binder {
  const { type } = parameter;
  const isList = Array.isArray(type);
  const single: unknown = isList && type.length === 1 ? type[0] : type;
  if (isSchema(single)) return isList ? schemaListBinder(single, value) : schemaBinder(single, value);
  const textType = textTypeOf(single);
  if (textType === undefined) {
    rejectType(parameter, 'Number');
    return bindNothing;
  }
  return isList ? listBinder(textType, value) : scalarBinder(textType, value);
}

/** What a value that is missing becomes. */
function missing({ isOptional, location, name }: BoundValue): BindingFailure | undefined {
  return isOptional ? undefined : BindingFailure.of(location, name, `${name} is required`);
}

function scalarBinder({ convert, expected }: TextType, named: BoundValue): Binder {
  const { readFirst, location, name } = named;
  return function bindScalar(request) {
    const text = readFirst(request);
    if (text === undefined) return missing(named);
    const value = convert(text);
    return value === INVALID ? BindingFailure.of(location, name, `${name} must be ${expected}`) : value;
  };
}

function listBinder({ convert, expected }: TextType, named: BoundValue): Binder {
  const { readAll, location, name } = named;
  return function bindList(request) {
    const texts = readAll(request);
    if (texts === undefined) return missing(named);
    const issues: BindingIssue[] = [];
    const values = texts.map((text, i) => {
      const value = convert(text);
      if (value === INVALID) {
        issues.push({ in: location, path: `${name}[${i}]`, message: `each value in ${name} must be ${expected}` });
      }
      return value;
    });
    return issues.length > 0 ? new BindingFailure(issues) : values;
  };
}

type Schema = Parameters<typeof applySchema>[0];

/** A schema decides itself whether a value may be missing, unless the parameter is optional. */
function schemaBinder(schema: Schema, { readFirst, isOptional, location, name }: BoundValue): Binder {
  return function bindSchema(request) {
    const text = readFirst(request);
    return text === undefined && isOptional ? undefined : applySchema(schema, text, location, name);
  };
}

function schemaListBinder(schema: Schema, named: BoundValue): Binder {
  const { readAll, location, name } = named;
  return function bindSchemaList(request) {
    const texts = readAll(request);
    if (texts === undefined) return missing(named);
    return gather(texts.map((text, i) => applySchema(schema, text, location, `${name}[${i}]`)));
  };
}

/** Makes one outcome of those of a list's items: the values, or all issues. */
export function gather(outcomes: readonly unknown[]): unknown {
  if (outcomes.some((outcome) => outcome instanceof Promise)) return Promise.all(outcomes).then(gather);
  const issues = outcomes.flatMap((outcome) => (outcome instanceof BindingFailure ? outcome.issues : []));
  return issues.length > 0 ? new BindingFailure(issues) : outcomes;
}
