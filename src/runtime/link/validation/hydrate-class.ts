import { dropPrototypeKeys, isPrototypeKey } from '../../http/body.js';
import type { ClassPlan } from './class-plan.js';

/** Whether properties that a class does not declare are an issue, are left out, or are kept. */
export type UnknownProperties = 'reject' | 'strip' | 'keep';

/** How instances are made, and what was found on the way, for the checks that follow. */
export interface Hydration {
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  /** Whether issues about unknown names are sorted, as for a query, whose order means nothing. */
  readonly sortsNames: boolean;
  /** Whether an empty value of a property that may be missing counts as missing, as in a form. */
  readonly dropsEmpty: boolean;
  /** The outermost instance, once it is made. */
  root: object | undefined;
  /** By nested instance: the plan of its class. This and the next two are created when first needed. */
  nested: Map<object, ClassPlan> | undefined;
  /** By instance: the names that its class does not declare. */
  unknownNames: Map<object, string[]> | undefined;
  /** Values that are nested too deep; no instances were made of them. */
  tooDeep: Set<object> | undefined;
}

/** Makes an instance of a plain object, the class's property defaults kept; any other value stays as it is. */
export function hydrateClass(plan: ClassPlan, value: unknown, hydration: Hydration, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth > hydration.maxDepth) {
    hydration.tooDeep ??= new Set();
    hydration.tooDeep.add(value);
    return value;
  }
  const input = value as Record<string, unknown>;
  const instance = new plan.type() as Record<string, unknown>;
  let unknownNames: string[] | undefined;
  for (const key of Object.keys(input)) {
    const property = plan.byName.get(key);
    if (property === undefined) {
      if (hydration.unknownProperties === 'reject') {
        unknownNames ??= [];
        unknownNames.push(key);
      } else if (hydration.unknownProperties === 'keep' && !isPrototypeKey(input, key)) {
        instance[key] = dropPrototypeKeys(input[key]);
      }
      continue;
    }
    const given = input[key];
    if (hydration.dropsEmpty && given === '' && !property.isText && mayBeMissing(property, instance)) continue;
    instance[key] =
      property.hydrate === undefined ? dropPrototypeKeys(given) : property.hydrate(given, hydration, depth);
  }
  if (unknownNames !== undefined) {
    hydration.unknownNames ??= new Map();
    hydration.unknownNames.set(instance, hydration.sortsNames ? unknownNames.sort() : unknownNames);
  }
  if (depth === 0) {
    hydration.root = instance;
  } else {
    hydration.nested ??= new Map();
    hydration.nested.set(instance, plan);
  }
  return instance;
}

/** Whether a property is optional, or has a default. */
function mayBeMissing(property: ClassPlan['properties'][number], instance: Record<string, unknown>): boolean {
  if (instance[property.name] !== undefined) return true;
  return property.conditions.some((condition) => !condition(instance, undefined));
}
