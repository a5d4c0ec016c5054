import type { Class } from './class.js';
import { addValidation, afterRecorded, type PropertyValidation, validationsOf } from './class-validator-metadata.js';
import { copyPropertyType } from './types/property-type.js';

/** What a derived class takes from another one. */
export interface DerivedSource {
  readonly type: Class;
  /** Whether the derived class has this property. */
  readonly has: (name: string | symbol) => boolean;
}

/** How a class is derived from others. */
export interface Derivation {
  /** For messages. */
  readonly name: string;
  readonly sources: readonly DerivedSource[];
  /** Whether a new instance has the values that those of its sources have. */
  readonly hasDefaults: boolean;
  /** A condition for the checks of every property; undefined for none. */
  readonly condition?: DerivedCondition | undefined;
}

/** When the checks of a property run. */
export interface DerivedCondition {
  /** As a plan names it. */
  readonly name: string;
  readonly holds: (value: unknown) => boolean;
}

/** Makes a class with the validators, types, accessors and methods of other classes. It does not extend them. */
export function deriveClass(derivation: Derivation): Class {
  const { name, sources, hasDefaults } = derivation;
  const derived = class {
    constructor() {
      if (!hasDefaults) return;
      for (const { type, has } of sources) copyDefaults(new (type as unknown as new () => object)(), this, has);
    }
  };
  Object.defineProperty(derived, 'name', { value: name, configurable: true });
  for (const { type, has } of sources) copyMembers(type, derived, has);
  afterRecorded(derived, () => copyValidators(derivation, derived));
  return derived;
}

function copyDefaults(from: object, to: object, has: DerivedSource['has']): void {
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined || Object.hasOwn(to, name) || !has(name)) continue;
    (to as Record<string, unknown>)[name] = value;
  }
}

/** Copies accessors and methods, those of base classes included. */
function copyMembers(from: Class, to: Class, has: DerivedSource['has']): void {
  const own = to.prototype as object;
  for (
    let link = from.prototype as object;
    link !== Object.prototype && link !== null;
    link = Object.getPrototypeOf(link)
  ) {
    for (const name of [...Object.getOwnPropertyNames(link), ...Object.getOwnPropertySymbols(link)]) {
      if (name === 'constructor' || Object.hasOwn(own, name) || !has(name)) continue;
      Object.defineProperty(own, name, Object.getOwnPropertyDescriptor(link, name)!);
    }
  }
}

function copyValidators({ sources, condition }: Derivation, to: Class): void {
  const names = new Set<string>();
  const conditions = new Map<string, PropertyValidation>();
  for (const { type, has } of sources) {
    for (const validation of validationsOf(type)) {
      const { propertyName: name, groups, always } = validation;
      if (!has(name)) continue;
      const copy = { ...validation, target: to };
      addValidation(copy);
      if (!names.has(name)) copyPropertyType(type, to, name);
      names.add(name);
      if (condition !== undefined) conditions.set(JSON.stringify([name, groups, always]), conditionOf(copy, condition));
    }
  }
  for (const each of conditions.values()) addValidation(each);
}

/** As `@ValidateIf` would record it, for the groups of a validator. */
function conditionOf(
  { target, propertyName, groups, always }: PropertyValidation,
  { name, holds }: DerivedCondition,
): PropertyValidation {
  return {
    type: 'conditionalValidation',
    name,
    target,
    propertyName,
    constraints: [(object: Record<string, unknown>) => holds(object[propertyName])],
    constraintCls: undefined,
    message: undefined,
    groups,
    always,
    each: false,
    context: undefined,
  };
}
