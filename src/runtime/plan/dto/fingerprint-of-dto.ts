import type { Class } from '../../declarations/class.js';
import {
  constraintsOf,
  type GroupOptions,
  type PropertyValidation,
  validationsOf,
} from '../../declarations/class-validator-metadata.js';
import { propertyTypeOf } from '../../declarations/reflect.js';
import { isSecret, recordedPropertyType } from '../../declarations/types/property-type.js';
import { fingerprintOfText } from '../fingerprint.js';
import { toPlannedValue } from '../planned-value.js';
import { lazyMark, typeMark } from '../types/type-mark.js';

/**
 * A number for what decorators and the compiler have recorded for the properties of a class, without those of nested
 * classes. Messages, contexts and functions count by being there. It is made of a text that is as short as can be: this runs
 * when the class is first needed.
 */
export function fingerprintOfDto(
  type: Class,
  groups: GroupOptions,
  validations: readonly PropertyValidation[] = validationsOf(type, groups),
): number {
  let text = '';
  const names = new Set<string>();
  for (const validation of validations) {
    text += textOfValidation(validation);
    names.add(validation.propertyName);
  }
  for (const name of names) {
    text += `\n${textOf(typeMark(propertyTypeOf(type, name)))}`;
    const given = recordedPropertyType(type, name);
    if (given !== undefined) text += `@${textOf(lazyMark(given))}`;
    if (isSecret(type, name)) text += ':secret';
    if (name in (type.prototype as object)) text += accessorsOf(type.prototype as object, name);
  }
  return fingerprintOfText(text);
}

/** Whether a class or a base class has a getter, a setter or both for a property. */
function accessorsOf(prototype: object, name: string): string {
  for (let owner: object | null = prototype; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return `${found.get === undefined ? '' : ':get'}${found.set === undefined ? '' : ':set'}`;
  }
  return '';
}

function textOfValidation(validation: PropertyValidation): string {
  const { type, name, propertyName, constraints, groups, always, each, message, context, validateIf } = validation;
  let text = `\n${textOf(propertyName)}`;
  if (type !== 'customValidation') text += `:${type}`;
  const entries = constraintsOf(validation);
  if (entries.length !== 1 || entries[0]!.name !== name) text += `:${textOf(entries.map((entry) => entry.name))}`;
  text += textOf(name);
  for (const constraint of constraints ?? []) text += `,${textOfConstraint(constraint)}`;
  if (groups !== undefined && groups.length > 0) text += `:groups${textOf(groups)}`;
  if (always !== undefined) text += `:always${textOf(always)}`;
  if (each) text += ':each';
  if (message) text += ':message';
  if (context) text += ':context';
  if (validateIf !== undefined) text += ':validateIf';
  return text;
}

/** `@IsInstance` has a type, which decides what values are converted to. */
function textOfConstraint(constraint: unknown): string {
  return typeof constraint === 'function' ? `(${textOf(typeMark(constraint))})` : textOf(constraint);
}

/** Most are short texts and numbers. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `${value.length} ${value}`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'undefined':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : textOfObject(value);
    default:
      return JSON.stringify(toPlannedValue(value));
  }
}

/**
 * By object, its text before anything was validated: the package validator writes its defaults into options that it is given,
 * such as those of `@IsEmail`, and the class may be linked again, for forms or other groups.
 */
const texts = new WeakMap<object, string>();

function textOfObject(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(toPlannedValue(value));
    texts.set(value, text);
  }
  return text;
}
