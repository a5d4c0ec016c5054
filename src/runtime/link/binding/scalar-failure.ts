import { pathTypeFor, textTypeFor } from '../../types/text-types.js';
import type { BindingFailure } from './binding-failure.js';
import { convertText, missingValue } from './composite/value-binder.js';
import type { ScalarArgumentPlan } from './linked-argument.js';

/** The failure of a scalar that is missing. */
export function missingScalar({ kind, name }: ScalarArgumentPlan): BindingFailure {
  return missingValue({ location: kind, name: kind === 'header' ? name.toLowerCase() : name });
}

/** Converts text that is not written as JavaScript writes the value; gives a failure where the type has no such value. */
export function convertScalar({ kind, name, type, isOptional = false }: ScalarArgumentPlan, text: string): unknown {
  const textType = kind === 'path' ? pathTypeFor(type) : textTypeFor(type);
  return convertText(textType, text, {
    location: kind,
    name: kind === 'header' ? name.toLowerCase() : name,
    isOptional,
  });
}
