import type { Constraint, ValidationCall } from '../../declarations/class-validator-metadata.js';
import { isHttpError } from './is-http-error.js';
import type { Check, Condition, Verdict } from './linked-class.js';
import { loadFailures } from './rare/failures.lazy.js';

/** Whether all conditions of the user's hold. One that cannot read the input says nothing: then the checks run. */
export function holds(conditions: readonly Condition[], object: object, value: unknown): boolean {
  for (const condition of conditions) {
    try {
      if (!condition(object, value)) return false;
    } catch (error) {
      if (isHttpError(error)) throw error;
    }
  }
  return true;
}

/** Calls one constraint on one value, or on each value of a list. @param atOnce the most asynchronous checks at a time */
export function runConstraint({ validation, constraint }: Check, call: ValidationCall, atOnce: number): Verdict {
  const { value } = call;
  const isEach = validation.each === true && (Array.isArray(value) || value instanceof Set || value instanceof Map);
  if (!isEach) return askConstraint(constraint, value, call);
  const values: readonly unknown[] = Array.isArray(value) ? value : [...value.values()];
  for (let i = 0; i < values.length; i++) {
    const verdict = askConstraint(constraint, values[i], call);
    if (verdict === false) return false;
    if (verdict !== true) {
      return loadFailures().everyOf({ values, constraint, call, atOnce, ask: askConstraint }, i + 1, verdict);
    }
  }
  return true;
}

/** What a client sends can break a constraint that expects something else. Such a value is invalid. */
function askConstraint(constraint: Constraint, value: unknown, call: ValidationCall): Verdict {
  try {
    return constraint.validate(value, call);
  } catch (error) {
    return isHttpError(error) ? Promise.reject(error) : false;
  }
}
