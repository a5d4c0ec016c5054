import { dropPrototypeKeys, isPrototypeKey } from '../../http/body.js';
import type { ClassPlan } from './class-plan.js';

/** What is done with properties that a class does not declare. */
export type UnknownProperties = 'reject' | 'strip' | 'keep';

/** What is found out while a value is made, for the checks that follow. */
export interface Hydration {
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  /** Whether names come in an order of their own that means nothing, as in a query. */
  readonly sortsNames: boolean;
  /** Whether an empty value of what may be absent is absent, as in a form. */
  readonly dropsEmpty: boolean;
  /** The outermost instance, once it is made. */
  root: object | undefined;
  /** By instance in it: its class's plan. This and what follows is made when there is something to hold. */
  nested: Map<object, ClassPlan> | undefined;
  /** By instance: the names that its class does not declare. */
  foreign: Map<object, string[]> | undefined;
  /** Values that were nested too deep, and were not made. */
  tooDeep: Set<object> | undefined;
}

/** An instance of a class of a plain object, its property defaults kept; any other value as it is. */
export function hydrateClass(plan: ClassPlan, value: unknown, hydration: Hydration, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth > hydration.maxDepth) {
    hydration.tooDeep ??= new Set();
    hydration.tooDeep.add(value);
    return value;
  }
  const input = value as Record<string, unknown>;
  const instance = new plan.type() as Record<string, unknown>;
  let foreign: string[] | undefined;
  for (const key of Object.keys(input)) {
    const property = plan.byName.get(key);
    if (property === undefined) {
      if (hydration.unknownProperties === 'reject') {
        foreign ??= [];
        foreign.push(key);
      } else if (hydration.unknownProperties === 'keep' && !isPrototypeKey(input, key)) {
        instance[key] = dropPrototypeKeys(input[key]);
      }
      continue;
    }
    const given = input[key];
    if (hydration.dropsEmpty && given === '' && !property.isText && mayBeAbsent(property, instance)) continue;
    instance[key] =
      property.hydrate === undefined ? dropPrototypeKeys(given) : property.hydrate(given, hydration, depth);
  }
  if (foreign !== undefined) {
    hydration.foreign ??= new Map();
    hydration.foreign.set(instance, hydration.sortsNames ? foreign.sort() : foreign);
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
function mayBeAbsent(property: ClassPlan['properties'][number], instance: Record<string, unknown>): boolean {
  if (instance[property.name] !== undefined) return true;
  return property.conditions.some((condition) => !condition(instance, undefined));
}
