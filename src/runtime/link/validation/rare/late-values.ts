import { dropPrototypeKeys, isPrototypeKey } from '../../../http/body/prototype-keys.js';
import { type Filling, hydrated, type Values } from '../filling.js';
import { isHttpError } from '../is-http-error.js';
import type { LinkedProperty } from '../linked-class.js';
import { holds } from '../run-constraint.js';

/** Sets a name that the class does not declare, unless it means something to JavaScript. */
export function keepUnknown(key: string, { input, instance }: Filling): void {
  if (isFree(instance, key) && !isPrototypeKey(input, key)) instance[key] = dropPrototypeKeys(input[key]);
}

/** Whether a name that the class does not declare may be set: no member of its prototypes has it, and it can be written. */
function isFree(instance: Values, name: string): boolean {
  const own = Object.getOwnPropertyDescriptor(instance, name);
  return own === undefined ? !(name in instance) : own.writable === true || own.set !== undefined;
}

/**
 * Sets what depends on code of the user's: setters, and blank inputs, for which `@ValidateIf` decides whether they may be
 * missing. It sees the whole instance, whatever the order in which a client sends the names.
 */
export function setLater(properties: readonly LinkedProperty[], run: Filling): void {
  const { instance, input, hydration } = run;
  const isBlank = (property: LinkedProperty) =>
    hydration.dropsEmpty && input[property.name] === '' && !property.takesBlank;
  const given = properties.filter((property) => !isBlank(property) || !mayBeMissing(property, instance));
  // In the order of the class.
  for (const property of run.linked.properties) {
    if (!given.includes(property)) continue;
    const value = hydrated(property, run);
    try {
      instance[property.name] = value;
    } catch (error) {
      if (isHttpError(error)) throw error;
      hydration.refusedNames ??= new Map();
      hydration.refusedNames.set(instance, [...(hydration.refusedNames.get(instance) ?? []), property.name]);
    }
  }
}

/** Whether a property is optional, or has a default. */
function mayBeMissing({ name, conditions, isAccessor, skipsMissing }: LinkedProperty, instance: Values): boolean {
  if (skipsMissing) return true;
  if (!isAccessor && instance[name] !== undefined) return true;
  return conditions.some((condition) => !holds(condition, instance, undefined));
}
