import { toPlannedValue } from '../planned-value.js';
import { typeMark } from './type-mark.js';

/** A type as text: a class, an enum, a `oneOf`, a schema, a lazy type. Functions in it count by being there. */
export function typeText(type: unknown): string {
  return JSON.stringify(toPlannedValue(typeMark(type)));
}
