import type { PropertyPlan } from '../../../plan/dto/dto-plan.js';
import type { LinkedType, Linker, ValueFormat } from '../linked-class.js';
import { scalarOf } from '../scalar-type.js';
import { collectionCheck, collectionHydrator } from './collection.js';
import { linkScalar, type PropertyHoles, type SingleType } from './link-scalar.js';
import { linkRecordedType } from './recorded-type.js';

const NO_CONVERSION: SingleType = { hydrate: undefined, valueCheck: undefined };

/** Makes the functions that convert and check the values of a property: of any that is not plain JSON. */
export function linkRareType(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const { format, isExact } = linker;
  const single = linkSingle(plan, holes, linker);
  const { collection, type, isInferred = false, isInferredList = false, hasLists = false } = plan;
  const takesBlank = format === 'json' || isBlankValue(plan, format);
  if (collection === undefined) return { ...single, takesBlank };
  // The validators that tell these types check them as well.
  const isChecked = isInferred && (type === 'string' || type === 'boolean');
  return {
    hydrate: collectionHydrator(collection, single.hydrate, format, isInferredList && isExact),
    valueCheck: collectionCheck(collection, isChecked ? undefined : single.valueCheck, hasLists),
    takesBlank,
  };
}

/** Links one value of a type that is not a collection. */
function linkSingle(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): SingleType {
  const { type } = plan;
  if (type === undefined || type === 'any') return NO_CONVERSION;
  const textType = scalarOf(type, linker.format);
  if (textType !== undefined) return linkScalar(textType, type === 'boolean', linker.format);
  if (typeof type === 'string') return NO_CONVERSION;
  return linkRecordedType(type, plan, holes, linker);
}

/** Whether an empty string is a value: of text, of a bare `?flag`, or of a list of text or of an unknown type. */
function isBlankValue({ collection, type, conditions = [], checks = [] }: PropertyPlan, format: ValueFormat): boolean {
  const isList = collection !== undefined;
  if (type === 'boolean') return (format === 'text' || format === 'path') && !isList;
  if (type !== 'string') return isList && type === undefined;
  // A blank e-mail field of a form, the blank choice of a search form: only @IsString() would accept it.
  const isText = format === 'form' || format === 'text';
  const isOptional = conditions.some(({ name }) => name === 'isOptional' || name === 'isPartial');
  return !(isText && !isList && isOptional && checks.some(({ name }) => name !== 'isString'));
}
