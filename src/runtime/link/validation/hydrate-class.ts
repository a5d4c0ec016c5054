import { dropPrototypeKeys, isPrototypeKey } from '../../http/body/body.js';
import type { ClassPlan, Hydration, PropertyPlan } from './class-plan.js';
import { isHttpError } from './is-http-error.js';
import { holds } from './run-constraint.js';

/** Makes an instance of a plain object, the class's property defaults kept; any other value stays as it is. */
export function hydrateClass(plan: ClassPlan, value: unknown, hydration: Hydration, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth > hydration.maxDepth) {
    hydration.tooDeep ??= new Set();
    hydration.tooDeep.add(value);
    return value;
  }
  const input = value as Values;
  const instance = new plan.type() as Values;
  const run: Filling = { plan, input, instance, hydration, depth, unknownNames: undefined, later: undefined };
  for (const key of Object.keys(input)) {
    const property = plan.byName.get(key);
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
  readonly plan: ClassPlan;
  readonly input: Values;
  readonly instance: Values;
  readonly hydration: Hydration;
  readonly depth: number;
  unknownNames: string[] | undefined;
  /** Blank inputs and properties with a setter. */
  later: PropertyPlan[] | undefined;
}

function hydrated({ name, hydrate }: PropertyPlan, { input, hydration, depth }: Filling): unknown {
  const given = input[name];
  return hydrate === undefined ? dropPrototypeKeys(given) : hydrate(given, hydration, depth);
}

function takeUnknown(key: string, run: Filling): void {
  const { plan, input, instance, hydration } = run;
  if (hydration.unknownProperties === 'reject') {
    if (hydration.unknownCount >= hydration.maxUnknown) return;
    run.unknownNames ??= [];
    run.unknownNames.push(key);
  } else if (hydration.unknownProperties === 'keep' && plan.mayKeep(key) && !isPrototypeKey(input, key)) {
    instance[key] = dropPrototypeKeys(input[key]);
  }
}

/**
 * Sets what depends on code of the user's: setters, and blank inputs, for which `@ValidateIf` decides whether they may be
 * missing. It sees the whole instance, whatever the order in which a client sends the names.
 */
function setLater(properties: readonly PropertyPlan[], run: Filling): void {
  const { instance, input, hydration } = run;
  const isBlank = (property: PropertyPlan) =>
    hydration.dropsEmpty && input[property.name] === '' && !property.takesBlank;
  const given = properties.filter((property) => !isBlank(property) || !mayBeMissing(property, instance));
  // In the order of the class.
  for (const property of run.plan.properties) {
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
function mayBeMissing({ name, conditions, isAccessor }: PropertyPlan, instance: Values): boolean {
  if (!isAccessor && instance[name] !== undefined) return true;
  return conditions.some((condition) => !holds(condition, instance, undefined));
}
