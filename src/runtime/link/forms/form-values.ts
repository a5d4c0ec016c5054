import { listOf, nestNames } from '../../http/body/form-names.js';
import { isPrototypeKey } from '../../http/body/prototype-keys.js';
import { isPasswordName } from '../../http/forms/field-path.js';
import type { FormValue } from '../../http/http-request.js';
import type { BodyArgumentPlan, RoutePlan, TypePlan } from '../../plan/app-plan.js';
import type { DtoPlan, PropertyPlan } from '../../plan/dto/dto-plan.js';
import type { ParsedBody } from '../binding/body/parsed-body.js';
import { nestedDtoOf } from './nested-dto.js';

type Values = Record<string, unknown>;

/**
 * What was typed into a form, in the shape of what its parameters bind: nested, with lists where the type says so, its leaves
 * as they came. Values that no page may show are left out.
 */
export function formValuesOf(body: ParsedBody, args: RoutePlan['args'], dtos: () => readonly DtoPlan[]): Values {
  const values: Values = {};
  if (body.format === 'raw' || !isRecord(body.value)) return values;
  for (const argument of args) {
    if (argument?.kind !== 'body') continue;
    if (argument.name === undefined) Object.assign(values, shape(body.value, argument.type, dtos));
    else addNamed(values, argument, body.value, dtos);
  }
  return values;
}

/** As {@link formValuesOf}, of a form that no parameter binds: it has no declared shape. */
export function valuesOfRecord(record: Readonly<Record<string, FormValue | FormValue[]>>): Values {
  const texts: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    const list = [value].flat().filter((each) => typeof each === 'string');
    if (list.length > 0) texts[name] = Array.isArray(value) ? list : list[0]!;
  }
  return untyped(nestNames(texts)) as Values;
}

function addNamed(
  values: Values,
  { name, type }: BodyArgumentPlan,
  sent: Values,
  dtos: () => readonly DtoPlan[],
): void {
  if (!Object.hasOwn(sent, name!) || isPasswordName(name!)) return;
  values[name!] = shape(sent[name!], type, dtos);
}

function shape(value: unknown, type: TypePlan, dtos: () => readonly DtoPlan[]): unknown {
  if (typeof type === 'object' && 'list' in type) return listIn(value).map((item) => shape(item, type.list, dtos));
  if (typeof type === 'object' && 'dto' in type) return shapeOfDto(value, dtos()[type.dto]!, dtos());
  if (type === 'any' || type === 'schema') return untyped(value);
  return leaf(value);
}

function shapeOfDto(value: unknown, dto: DtoPlan, dtos: readonly DtoPlan[]): unknown {
  if (!isRecord(value)) return leaf(value);
  const values: Values = {};
  for (const property of dto.properties) {
    const { name, isSecret } = property;
    if (!Object.hasOwn(value, name) || isSecret === true || isPasswordName(name) || name === '__proto__') continue;
    values[name] = shapeOfProperty(value[name], property, dtos);
  }
  return values;
}

function shapeOfProperty(value: unknown, property: PropertyPlan, dtos: readonly DtoPlan[]): unknown {
  const { collection } = property;
  const item = (each: unknown): unknown => {
    const dto = nestedDtoOf(property.type, each, dtos);
    if (dto !== undefined) return shapeOfDto(each, dto, dtos);
    return isRecord(each) || property.type === 'any' || property.hasLists === true ? untyped(each) : leaf(each);
  };
  if (collection === 'array' || collection === 'set') return listIn(value).map(item);
  if (collection === 'map' && isRecord(value)) {
    return Object.fromEntries(namesIn(value).map((name) => [name, item(value[name])]));
  }
  return item(value);
}

/** A value of which nothing says more: objects whose names are all indexes are lists. */
function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untyped);
  if (!isRecord(value)) return value;
  const list = listOf(value);
  if (list !== undefined) return list.map(untyped);
  return Object.fromEntries(namesIn(value).map((name) => [name, untyped(value[name])]));
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : (listOf(value) ?? [value]);
}

/** Of a field that was sent several times, the first counts. */
function leaf(value: unknown): unknown {
  return Array.isArray(value) ? leaf(value[0]) : isRecord(value) ? untyped(value) : value;
}

function namesIn(value: Values): string[] {
  return Object.keys(value).filter((name) => !isPasswordName(name) && !isPrototypeKey(value, name));
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
