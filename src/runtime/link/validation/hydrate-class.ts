import { type Filling, hydrated, type Values } from './filling.js';
import type { Hydration, LinkedClass } from './linked-class.js';
import { loadLateValues } from './rare/late-values.lazy.js';

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
  if (run.later !== undefined) loadLateValues().setLater(run.later, run);
  if (run.unknownNames !== undefined) {
    hydration.unknownCount += run.unknownNames.length;
    hydration.unknownNames ??= new Map();
    hydration.unknownNames.set(instance, hydration.sortsNames ? run.unknownNames.sort() : run.unknownNames);
  }
  if (depth === 0) hydration.root = instance;
  return instance;
}

function takeUnknown(key: string, run: Filling): void {
  const { hydration } = run;
  if (hydration.unknownProperties === 'reject') {
    if (hydration.unknownCount >= hydration.maxUnknown) return;
    run.unknownNames ??= [];
    run.unknownNames.push(key);
  } else if (hydration.unknownProperties === 'keep') loadLateValues().keepUnknown(key, run);
}
