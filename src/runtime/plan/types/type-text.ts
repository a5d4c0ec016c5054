import { loadObjectMark } from './object-mark.lazy.js';
import { typeMark } from './type-mark.js';

/** A type as text: a class, an enum, a `oneOf`, a schema, a lazy type. Functions in it count by being there. */
export function typeText(type: unknown): string {
  const mark = typeMark(type);
  return typeof mark === 'string' ? JSON.stringify(mark) : loadObjectMark().valueText(mark);
}
