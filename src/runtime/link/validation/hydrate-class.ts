import { dropPrototypeKeys, isPrototypeKey } from '../../http/body/prototype-keys.js';
import { isHttpError } from './is-http-error.js';
import type { Hydration, LinkedClass, LinkedProperty } from './linked-class.js';
import { holds } from './run-constraint.js';

/** Makes an instance of a plain object, the class's property defaults kept; any other value stays as it is. */
export function hydrateClass(linked: LinkedClass, value: unknown, hydration: Hydration, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth > hydration.maxDepth) {
    hydration.tooDeep ??= new Set();
    hydration.tooDeep.add(value);
    return value;
  }
  const input = value as Values;
  const instance = new linked.type() as Values;
  const run: Filling = { linked, input, instance, hydration, depth, unknownNames: undefined, later: undefined };
  for (const key of Object.keys(input)) {
    const property = linked.byName.get(key);
    if (property === undefined || property.isReadOnly) takeUnknown(key, run);
    else if (property.isAccessor || (hydration.dropsEmpty && input[key] === '' && !property.takesBlank)) {
      run.later ??= [];
      run.later.push(property);
    } else instance[key] = hydrated(property, run);
  }
  if (run.later !== undefined) setLater(run.later, run);
  if (run.unknownNames !== undefined) {
    hydration.unknownCount += run.unknownNames.length;
    hydration.unknownNames ??= new Map();
    hydration.unknownNames.set(instance, hydration.sortsNames ? run.unknownNames.sort() : run.unknownNames);
  }
  if (depth === 0) hydration.root = instance;
  return instance;
}

type Values = Record<string, unknown>;

/** An instance that is being filled with what was sent. */
interface Filling {
  readonly linked: LinkedClass;
  readonly input: Values;
  readonly instance: Values;
  readonly hydration: Hydration;
  readonly depth: number;
  unknownNames: string[] | undefined;
  /** Blank inputs and properties with a setter. */
  later: LinkedProperty[] | undefined;
}

function hydrated({ name, hydrate }: LinkedProperty, { input, hydration, depth }: Filling): unknown {
  const given = input[name];
  return hydrate === undefined ? dropPrototypeKeys(given) : hydrate(given, hydration, depth);
}

function takeUnknown(key: string, run: Filling): void {
  const { input, instance, hydration } = run;
  if (hydration.unknownProperties === 'reject') {
    if (hydration.unknownCount >= hydration.maxUnknown) return;
    run.unknownNames ??= [];
    run.unknownNames.push(key);
  } else if (hydration.unknownProperties === 'keep' && isFree(instance, key) && !isPrototypeKey(input, key)) {
    instance[key] = dropPrototypeKeys(input[key]);
  }
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
function setLater(properties: readonly LinkedProperty[], run: Filling): void {
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
