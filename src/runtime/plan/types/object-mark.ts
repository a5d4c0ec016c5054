import type { Discriminator } from '../../types/discriminator.js';
import { resolveType } from '../../types/lazy.js';
import type { OneOf } from '../../types/one-of.js';
import { isSchema } from '../../types/standard-schema.js';
import { kindOf } from '../../types/type-object.js';
import { toPlannedValue } from '../planned-value.js';

/** Gives the mark of any type. */
type TypeMark = (type: unknown) => unknown;

/** As `typeMark`, for what is no function: a list, an enum, a `oneOf`, a schema, a lazy type. */
export function objectMark(type: unknown, typeMark: TypeMark): unknown {
  if (isSchema(type)) return 'schema';
  if (Array.isArray(type)) return type.map((each) => typeMark(each));
  switch (kindOf(type)) {
    case 'lazy':
      return lazyMark(() => type, typeMark);
    case 'discriminator':
      return [(type as Discriminator).key, Object.keys((type as Discriminator).classes)];
    case 'one-of':
      return [(type as OneOf<string | number>).values];
    default:
      return type;
  }
}

function lazyMark(get: () => unknown, typeMark: TypeMark): unknown {
  try {
    return [typeMark(resolveType(get()))];
  } catch {
    return ['throws'];
  }
}

/** The text of a type that a function gives. */
export function lazyText(get: () => unknown, typeMark: TypeMark): string {
  return valueText(lazyMark(get, typeMark));
}

/** Any value as text. Functions in it count by being there. */
export function valueText(value: unknown): string {
  return JSON.stringify(toPlannedValue(value));
}
