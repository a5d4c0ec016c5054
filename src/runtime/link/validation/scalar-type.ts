import type { PropertyType, ScalarType } from '../../plan/app-plan.js';
import { OneOf } from '../../types/one-of.js';
import { pathTypeOf, type TextType, textTypeOf } from '../../types/text-types.js';
import type { ValueFormat } from './linked-class.js';

const SCALARS: Readonly<Record<ScalarType, unknown>> = {
  string: String,
  number: Number,
  boolean: Boolean,
  date: Date,
  bigint: BigInt,
  url: URL,
};

/** How text is converted to a planned scalar or choice; undefined for all other types, and for a choice that is a hole. */
export function scalarOf(type: PropertyType | undefined, format: ValueFormat): TextType | undefined {
  if (type === undefined || type === 'any') return undefined;
  if (typeof type === 'string') return (format === 'path' ? pathTypeOf : textTypeOf)(SCALARS[type]);
  return 'choice' in type && type.choice !== null ? textTypeOf(new OneOf(type.choice)) : undefined;
}
