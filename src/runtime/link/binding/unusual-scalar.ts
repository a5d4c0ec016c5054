import type { ScalarArgumentPlan } from '../../plan/app-plan.js';
import { pathTypeFor, textTypeFor } from '../../types/text-types.js';
import { convertText, missingValue } from './composite/value-binder.js';

/**
 * Binds a scalar that is not written as JavaScript writes the value; gives a failure where the type has no such value.
 *
 * @param text undefined where the value is missing, and must not be
 */
export function bindUnusualScalar(
  { kind, name, type, isOptional = false }: ScalarArgumentPlan,
  text: string | undefined,
): unknown {
  const named = { location: kind, name: kind === 'header' ? name.toLowerCase() : name, isOptional };
  if (text === undefined) return missingValue(named);
  return convertText(kind === 'path' ? pathTypeFor(type) : textTypeFor(type), text, named);
}
