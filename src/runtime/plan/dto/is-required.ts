import { refusesNothing } from './constraint-kinds.js';
import type { RecordedCheck, RecordedValidation } from './recorded-check.js';

/** What decides whether a property may be missing. */
interface RequiredFacts {
  readonly checks: readonly RecordedCheck[];
  readonly conditions: readonly RecordedValidation[];
  readonly nested: readonly RecordedValidation[];
}

/**
 * Whether a missing value is refused for certain. A constraint of the user's says nothing: it may accept undefined.
 *
 * @param skipsMissing whether only `@IsDefined` runs on a missing value
 */
export function isRequired({ checks, conditions, nested }: RequiredFacts, skipsMissing = false): boolean {
  if (conditions.length > 0) return false;
  if (skipsMissing) return checks.some((check) => check.name === 'isDefined' && refusesMissing(check));
  return nested.length > 0 || checks.some(refusesMissing);
}

function refusesMissing(check: RecordedCheck): boolean {
  const { name, validation } = check;
  if (validation.validateIf !== undefined) return false;
  const [first] = validation.constraints ?? [];
  if (name === 'equals') return first !== undefined;
  if (name === 'isIn') return Array.isArray(first) && !first.includes(undefined);
  return refusesNothing(check);
}
