import type { BindingIssue } from '../../../http/errors/http-error.js';
import type { NamedArgumentPlan } from '../../../plan/app-plan.js';
import type { DtoPlan } from '../../../plan/dto/dto-plan.js';
import type { ScalarType } from '../../../types/scalar-type.js';
import { INVALID, pathTypeFor, type TextType, textTypeFor } from '../../../types/text-types.js';
import { createPathCheck } from '../../validation/path-check.js';
import { type ArgumentContext, typeInHole } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import { bindDto, linkDto } from '../dto-binder.js';
import type { LinkedArgument } from '../linked-argument.js';
import { applySchema } from '../schema-binder.js';
import { allValuesOf, type ReadAll, wholeReaderOf } from './all-values.js';
import { gather } from './list-items.js';
import { type NamedValue, namedValueOf } from './named-source.js';
import { createScalarBinder, missingValue } from './value-binder.js';

type Schema = Parameters<typeof applySchema>[0];

/**
 * Makes the binder of a value of the path, the query, the headers or the cookies that is no plain scalar.
 *
 * @param pathBinders gets what converts values of the path, which can fail
 */
export function linkNamed(
  argument: NamedArgumentPlan,
  context: ArgumentContext,
  pathBinders: LinkedArgument[],
): Binder {
  const bind = createCompositeBinder(argument, context);
  if (argument.kind === 'path') addPathBinders(argument, bind, context, pathBinders);
  return bind;
}

/** Adds what converts values of the path, which can fail; what a schema or a validator refuses is an issue of its own. */
function addPathBinders(
  { name, type }: NamedArgumentPlan,
  bind: Binder,
  { dtos }: ArgumentContext,
  pathBinders: LinkedArgument[],
): void {
  if (name === undefined) {
    if (typeof type === 'object' && 'dto' in type) pathBinders.push(createPathCheckBinder(dtos()[type.dto]!));
    return;
  }
  const item = typeof type === 'object' && 'list' in type ? type.list : type;
  if (item !== 'string' && item !== 'schema') pathBinders.push(bind);
}

/**
 * Makes the binder of what is more than a string, a number or a boolean: an enum or another scalar, a list, a value that a
 * schema checks, from the path, the query, the headers or the cookies.
 */
function createCompositeBinder(argument: NamedArgumentPlan, context: ArgumentContext): Binder {
  const { name, type, separator } = argument;
  if (name === undefined) return createWholeBinder(argument, context);
  const named = namedValueOf(argument, context.route);
  if (type === 'schema') return schemaBinder(typeInHole(context) as Schema, named);
  const textTypeOf = named.location === 'path' ? pathTypeFor : textTypeFor;
  if (typeof type !== 'object' || !('list' in type)) return createScalarBinder(textTypeOf(type as ScalarType), named);
  const { list: item } = type;
  const readAll = splitting(allValuesOf(argument, named.name, context.route), separator);
  if (item === 'schema') return schemaListBinder(typeInHole(context) as Schema, named, readAll);
  return listBinder(textTypeOf(item as ScalarType), named, readAll);
}

/** Makes the binder of a parameter without a name: the whole path, query, headers or cookies. */
function createWholeBinder(argument: NamedArgumentPlan, context: ArgumentContext): Binder {
  const { kind, type } = argument;
  const readWhole = wholeReaderOf(kind);
  if (type === 'any') return readWhole;
  if (type === 'schema') {
    const schema = typeInHole(context) as Schema;
    return (request) => applySchema(schema, readWhole(request), kind, '');
  }
  const { dto } = type as { readonly dto: number };
  const source = kind === 'path' ? 'path' : 'text';
  const validator = linkDto(dto, context, source, argument, 'strip');
  const names = context.dtos()[dto]!.properties.map((property) => property.name);
  const read = kind === 'header' ? renaming(readWhole, names) : readWhole;
  return function bindWhole(request) {
    return bindDto(validator, read(request), kind, '');
  };
}

/** Makes the binder that fails where values of the path do not convert to the types of a DTO: there is no such page. */
function createPathCheckBinder(plan: DtoPlan): Binder {
  const checkPath = createPathCheck(plan);
  return function convertPath(request) {
    const issues = checkPath(request.params).map((issue) => ({ in: 'path' as const, ...issue }));
    return issues.length > 0 ? new BindingFailure(issues, 404) : undefined;
  };
}

/** Reads values whose names are in lower case, with the names that a class declares in any case. */
function renaming(readWhole: ReturnType<typeof wholeReaderOf>, names: readonly string[]): typeof readWhole {
  const declared = new Map(names.map((name) => [name.toLowerCase(), name]));
  return (request) => {
    const values = readWhole(request);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [declared.get(name) ?? name, value]));
  };
}

function listBinder({ convert, expected }: TextType, named: NamedValue, readAll: ReadAll): Binder {
  const { location, name, isOptional } = named;
  return function bindList(request) {
    const texts = readAll(request);
    if (texts === undefined) return isOptional ? undefined : missingValue(named);
    if (isOptional && convert('') === INVALID && texts.every((text) => text === '')) return undefined;
    const issues: BindingIssue[] = [];
    const values = texts.map((text, i) => {
      const value = convert(text);
      if (value === INVALID) {
        issues.push({ in: location, path: `${name}[${i}]`, message: `each value in ${name} must be ${expected}` });
      }
      return value;
    });
    return issues.length > 0 ? new BindingFailure(issues, location === 'path' ? 404 : 400) : values;
  };
}

/** Reads all values, each split at the separator where there is one. */
function splitting(readAll: ReadAll, separator: string | undefined): ReadAll {
  if (separator === undefined) return readAll;
  return (request) => readAll(request)?.flatMap((text) => text.split(separator));
}

/** A schema decides itself whether a value may be missing, unless the parameter is optional. */
function schemaBinder(schema: Schema, { readFirst, isOptional, location, name }: NamedValue): Binder {
  return function bindSchema(request) {
    const text = readFirst(request);
    return text === undefined && isOptional ? undefined : applySchema(schema, text, location, name);
  };
}

function schemaListBinder(schema: Schema, named: NamedValue, readAll: ReadAll): Binder {
  const { location, name, isOptional } = named;
  return function bindSchemaList(request) {
    const texts = readAll(request);
    if (texts === undefined) return isOptional ? undefined : missingValue(named);
    return gather(texts.map((text, i) => applySchema(schema, text, location, `${name}[${i}]`)));
  };
}
