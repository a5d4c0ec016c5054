import { dropPrototypeKeys, isPrototypeKey } from '../../http/body.js';
import type { ClassPlan, Hydration } from './class-plan.js';

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
