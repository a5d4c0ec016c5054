import { dropPrototypeKeys } from '../../http/body/prototype-keys.js';
import type { Hydration, LinkedClass, LinkedProperty } from './linked-class.js';
import { loadFailures } from './rare/failures.lazy.js';
import { loadLateValues } from './rare/late-values.lazy.js';

type Values = Record<string, unknown>;

/** Makes an instance of a plain object, the class's property defaults kept; any other value stays as it is. */
export function hydrateClass(linked: LinkedClass, value: unknown, hydration: Hydration, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth > hydration.maxDepth) return loadLateValues().leaveTooDeep(value, hydration);
  const { unknownProperties } = hydration;
  const input = value as Values;
  const instance = new linked.type() as Values;
  let unknown: string[] | undefined;
  let later: Map<LinkedProperty, unknown> | undefined;
  for (const key of Object.keys(input)) {
    const property = linked.byName.get(key);
    const given = input[key];
    if (property === undefined || property.plan.isReadOnly) {
      if (unknownProperties === 'keep') loadLateValues().keepUnknown(key, input, instance);
      else if (unknownProperties === 'reject' && hydration.unknownCount < hydration.maxErrors) {
        unknown ??= [];
        unknown.push(key);
      }
      continue;
    }
    const { hydrate, plan, takesBlank } = property;
    const made =
      hydrate !== undefined
        ? hydrate(given, hydration, depth)
        : typeof given === 'object'
          ? dropPrototypeKeys(given)
          : given;
    if (!plan.isAccessor && (takesBlank || given !== '')) instance[key] = made;
    else {
      later ??= new Map();
      later.set(property, made);
    }
  }
  if (later !== undefined) loadLateValues().setLater(later, linked, input, instance, hydration);
  if (unknown !== undefined) loadFailures().noteUnknown(unknown, instance, hydration);
  return instance;
}
