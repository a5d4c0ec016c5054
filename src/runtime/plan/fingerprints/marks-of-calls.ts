import type { DecoratorCall } from '../../declarations/calls/decorator-call.js';
import type { Class } from '../../declarations/class.js';
import { emittedFor } from '../../declarations/reflect/reflect.js';
import { loadTypeText } from '../types/type-text.lazy.js';

/** What the decorators in and on a class say of one of its methods, apart from what the app's outline has; '' for nothing. */
export function marksOf(calls: readonly DecoratorCall[], type: Class, name: string | symbol): string {
  const marks: unknown[] = [];
  for (const { decorator, args, member, third, hasDefault, isOutlined } of calls) {
    if (isOutlined || (member !== undefined && member !== name)) continue;
    marks.push(decorator, args);
    if (typeof third === 'number') marks.push(third, hasDefault, emittedFor(type, name, 'design:paramtypes')?.[third]);
  }
  return marks.length === 0 ? '' : JSON.stringify(marks, markOf);
}

/**
 * Gives JSON a value that it carries as it is; of any other, what it is, in a list: a constructor of JavaScript's by its name.
 * A class of the app may have another one after bundling.
 */
function markOf(this: Readonly<Record<string, unknown>>, key: string): unknown {
  // The second argument may be what the value's `toJSON` has made of it.
  const value = this[key];
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return [];
    case 'function':
      // Read as a value: of a class that only has the name of one, Node.js would load its own.
      if (Object.getOwnPropertyDescriptor(globalThis, value.name)?.value === value) return [value.name];
  }
  return value === null || Number.isFinite(value) || Array.isArray(value) || isFlat(value as object)
    ? value
    : [loadTypeText().typeText(value)];
}

/** Whether it is an object of scalars alone, as most options are. */
function isFlat(value: object): boolean {
  for (const member of Object.values(value))
    if (typeof member === 'object' || typeof member === 'function') return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
