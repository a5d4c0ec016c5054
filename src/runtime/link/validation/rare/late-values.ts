import { dropPrototypeKeys, isPrototypeKey } from '../../../http/body/prototype-keys.js';
import { isHttpError } from '../is-http-error.js';
import type { Hydration, LinkedClass, LinkedProperty } from '../linked-class.js';
import { holds } from '../run-constraint.js';

type Values = Record<string, unknown>;

/** Notes a value that is nested too deep, and gives it as it is. */
export function leaveTooDeep<T extends object>(value: T, hydration: Hydration): T {
  hydration.tooDeep ??= new Set();
  hydration.tooDeep.add(value);
  return value;
}

/** Sets a name that the class does not declare, unless it means something to JavaScript. */
export function keepUnknown(key: string, input: Values, instance: Values): void {
  if (isFree(instance, key) && !isPrototypeKey(input, key)) instance[key] = dropPrototypeKeys(input[key]);
}

/** Whether a name that the class does not declare may be set: no member of its prototypes has it, and it can be written. */
function isFree(instance: Values, name: string): boolean {
  const own = Object.getOwnPropertyDescriptor(instance, name);
  return own === undefined ? !(name in instance) : own.writable === true || own.set !== undefined;
}

/** A getter may rely on what the client should have sent; its value is then undefined. */
export function readAccessor(object: object, name: string): unknown {
  try {
    return (object as Values)[name];
  } catch (error) {
    if (isHttpError(error)) throw error;
    return undefined;
  }
}

/**
 * Sets what depends on code of the user's: setters, and blank inputs, for which `@ValidateIf` decides whether they may be
 * missing. It sees the whole instance, whatever the order in which a client sends the names.
 *
 * @param later the converted values
 */
export function setLater(
  later: ReadonlyMap<LinkedProperty, unknown>,
  linked: LinkedClass,
  input: Values,
  instance: Values,
  hydration: Hydration,
): void {
  const isBlank = ({ plan, takesBlank }: LinkedProperty) => input[plan.name] === '' && !takesBlank;
  const given = new Set([...later.keys()].filter((each) => !isBlank(each) || !mayBeMissing(each, linked, instance)));
  // In the order of the class.
  for (const property of linked.properties) {
    if (!given.has(property)) continue;
    const { name } = property.plan;
    try {
      instance[name] = later.get(property);
    } catch (error) {
      if (isHttpError(error)) throw error;
      hydration.refusedNames ??= new Map();
      hydration.refusedNames.set(instance, [...(hydration.refusedNames.get(instance) ?? []), name]);
    }
  }
}

/** Whether a property is optional, or has a default. */
function mayBeMissing({ plan, conditions = [] }: LinkedProperty, linked: LinkedClass, instance: Values): boolean {
  if (linked.skipsMissing) return true;
  if (!plan.isAccessor && instance[plan.name] !== undefined) return true;
  return !holds(conditions, instance, undefined);
}
