import type { PropertyPlan } from '../../plan/dto/dto-plan.js';
import { collectionCheck, collectionHydrator } from './collection.js';
import { type LinkedType, type Linker, linkScalar, type PropertyHoles } from './link-scalar.js';
import { loadRecordedType } from './rare/recorded-type.lazy.js';
import { scalarOf } from './scalar-type.js';

const NO_CONVERSION: LinkedType = { hydrate: undefined, valueCheck: undefined };

/** Makes the functions that convert and check the values of a property. */
export function linkPropertyType(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const single = linkSingle(plan, holes, linker);
  const { collection, type, isInferred = false, isInferredList = false, hasLists = false } = plan;
  if (collection === undefined) return single;
  const { format, checksTypes } = linker;
  // The validators that tell these types check them as well.
  const isChecked = isInferred && (type === 'string' || type === 'boolean');
  return {
    hydrate: collectionHydrator(collection, single.hydrate, format, isInferredList && !checksTypes),
    valueCheck: collectionCheck(collection, isChecked ? undefined : single.valueCheck, hasLists),
  };
}

/** Links one value of a type that is not a collection. */
function linkSingle(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const { type } = plan;
  if (type === undefined || type === 'any') return NO_CONVERSION;
  const textType = scalarOf(type, linker.format);
  if (textType !== undefined) return linkScalar(textType, type === 'boolean', linker.format);
  if (typeof type === 'string') return NO_CONVERSION;
  return loadRecordedType().linkRecordedType(type, plan, holes, linker);
}
