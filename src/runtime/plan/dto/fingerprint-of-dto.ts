import { constantIdsOf } from '../../declarations/calls/constant-ids.js';
import type { Class } from '../../declarations/class.js';
import {
  constraintsOf,
  type GroupOptions,
  type PropertyValidation,
  validationsOf,
} from '../../declarations/class-validator-metadata.js';
import { propertyTypeOf } from '../../declarations/reflect/reflect.js';
import { isSecret, recordedPropertyType } from '../../declarations/types/property-type.js';
import { fingerprintOfText } from '../fingerprints/fingerprint.js';
import { loadObjectMark } from '../types/object-mark.lazy.js';
import { typeMark } from '../types/type-mark.js';
import { typeText } from '../types/type-text.js';

/**
 * A number for what decorators and the compiler have recorded for the properties of a class, without those of nested
 * classes. Messages, contexts and functions count by being there. It is made of a text of JSON, whose lists tell where each
 * thing ends: this runs when the class is first needed. Of classes whose decorators get constants, their names say it all.
 */
export function fingerprintOfDto(
  type: Class,
  groups: GroupOptions,
  validations?: readonly PropertyValidation[],
): number {
  return fingerprintOfText(constantIdsOf(type) ?? textOfRecords(type, validations ?? validationsOf(type, groups)));
}

function textOfRecords(type: Class, validations: readonly PropertyValidation[]): string {
  const marks: unknown[] = [];
  const names = new Set<string>();
  for (const validation of validations) {
    const { name, propertyName, constraints, groups, always, each, message, context, validateIf } = validation;
    const entries = constraintsOf(validation);
    names.add(propertyName);
    marks.push([
      propertyName,
      validation.type === 'customValidation' ? 0 : validation.type,
      name,
      entries.length === 1 && entries[0]!.name === name ? 0 : entries.map((entry) => entry.name),
      constraints?.map(markOf),
      groups !== undefined && groups.length > 0 ? groups : 0,
      always,
      (each ? 1 : 0) + (message ? 2 : 0) + (context ? 4 : 0) + (validateIf === undefined ? 0 : 8),
    ]);
  }
  for (const name of names) {
    const declared = propertyTypeOf(type, name);
    const given = recordedPropertyType(type, name);
    marks.push([
      declared === undefined ? 0 : typeText(declared),
      given === undefined ? 0 : loadObjectMark().lazyText(given, typeMark),
      isSecret(type, name),
      name in (type.prototype as object) ? accessorsOf(type.prototype as object, name) : 0,
    ]);
  }
  return JSON.stringify(marks);
}

/** Whether a class or a base class has a getter, a setter or both for a property. */
function accessorsOf(prototype: object, name: string): string {
  for (let owner: object | null = prototype; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return `${found.get === undefined ? '' : ':get'}${found.set === undefined ? '' : ':set'}`;
  }
  return '';
}

/** The argument of a decorator: what JSON has as it is, anything else in a list. */
function markOf(value: unknown): unknown {
  if (isScalar(value)) return value;
  // `@IsInstance` has a type, which decides what values are converted to.
  if (typeof value === 'function') return [typeMark(value)];
  return typeof value === 'object'
    ? [textOfObject(value!)]
    : [[value === undefined ? '' : loadObjectMark().valueText(value)]];
}

/** Whether JSON has a value, and gives it back as it was. */
function isScalar(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isFinite(value) && !Object.is(value, -0)
    : typeof value === 'string' || typeof value === 'boolean' || value === null;
}

/**
 * By object, its text before anything was validated: the package validator writes its defaults into options that it is given,
 * such as those of `@IsEmail`, and the class may be linked again, for forms or other groups.
 */
const texts = new WeakMap<object, string>();

function textOfObject(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = isFlat(value) ? JSON.stringify(value) : loadObjectMark().valueText(value);
    texts.set(value, text);
  }
  return text;
}

/** Whether JSON has all of an object, as of most options: it is a plain one, or a list, of scalars. */
function isFlat(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === Array.prototype;
  return isPlain && !('hole' in value || 'toJSON' in value) && Object.values(value).every(isScalar);
}
