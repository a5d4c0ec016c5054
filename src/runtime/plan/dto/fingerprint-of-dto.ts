import type { Class } from '../../declarations/class.js';
import {
  constraintsOf,
  type GroupOptions,
  type PropertyValidation,
  validationsOf,
} from '../../declarations/class-validator-metadata.js';
import { propertyTypeOf } from '../../declarations/types/compiler-types.js';
import { isSecret, recordedPropertyType } from '../../declarations/types/property-type.js';
import { fingerprint } from '../fingerprint.js';
import { lazyMark, typeMark } from '../types/type-mark.js';

/**
 * A number for what decorators and the compiler have recorded for the properties of a class, without those of nested
 * classes. Messages, contexts and functions count by being there.
 */
export function fingerprintOfDto(
  type: Class,
  groups: GroupOptions,
  validations: readonly PropertyValidation[] = validationsOf(type, groups),
): number {
  const names = new Set(validations.map(({ propertyName }) => propertyName));
  const types = [...names].map((name) => [
    name,
    typeMark(propertyTypeOf(type, name)),
    givenMarkOf(type, name),
    isSecret(type, name),
  ]);
  return fingerprint([validations.map(markOfValidation), types]);
}

function markOfValidation(validation: PropertyValidation): unknown[] {
  const { type, name, propertyName, constraints, groups, always, each, message, context, validateIf } = validation;
  return [
    type,
    name,
    propertyName,
    constraintsOf(validation).map((entry) => entry.name),
    constraints?.map(markOfConstraint),
    groups,
    always,
    each,
    Boolean(message),
    Boolean(context),
    validateIf !== undefined,
  ];
}

function givenMarkOf(type: Class, name: string): unknown {
  const given = recordedPropertyType(type, name);
  return given === undefined ? undefined : lazyMark(given);
}

/** `@IsInstance` has a type, which decides what values are converted to. */
function markOfConstraint(constraint: unknown): unknown {
  return typeof constraint === 'function' ? { type: typeMark(constraint) } : constraint;
}
