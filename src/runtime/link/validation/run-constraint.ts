import type { Constraint, PropertyValidation, ValidationCall } from '../../declarations/class-validator-metadata.js';
import { isThenable } from '../../http/is-thenable.js';
import type { CheckRun } from './check-run.js';
import { isHttpError } from './is-http-error.js';
import type { Check, LinkedProperty } from './linked-class.js';
import { loadFailures } from './rare/failures.lazy.js';

type Verdict = boolean | PromiseLike<boolean>;

/** The object whose properties are checked, and what class-validator calls its class. */
export interface Subject {
  readonly object: object;
  readonly name: string;
}

/** What a constraint is called with. */
export function createCall(
  { constraints }: PropertyValidation,
  property: string,
  { object, name }: Subject,
  value: unknown,
): ValidationCall {
  return { targetName: name, property, object, value, constraints };
}

/** Calls one constraint on one value, and adds the issue where it fails, now or later. */
export function runCheck(
  check: Check,
  property: LinkedProperty,
  call: ValidationCall,
  path: string,
  before: number,
  run: CheckRun,
): void {
  const { validateIf } = check.validation;
  if (validateIf !== undefined && !holds(validateIf, call.object, call.value)) return;
  const verdict = verdictOf(check, call, run.maxErrors);
  if (!isThenable(verdict)) {
    if (!verdict) loadFailures().failCheck(check, call, path, before, run);
    return;
  }
  loadFailures().awaitVerdict(verdict, check, property, call, path, before, run);
}

/** Whether a condition of the user's holds. One that cannot read the input says nothing: then the checks run. */
export function holds(condition: (object: object, value: unknown) => boolean, object: object, value: unknown): boolean {
  try {
    return condition(object, value);
  } catch (error) {
    if (isHttpError(error)) throw error;
    return true;
  }
}

function verdictOf({ validation, constraint }: Check, call: ValidationCall, atOnce: number): Verdict {
  const { value } = call;
  const isEach = validation.each === true && (Array.isArray(value) || value instanceof Set || value instanceof Map);
  if (!isEach) return ask(constraint, value, call);
  const values = Array.isArray(value) ? value : [...(value as Set<unknown>).values()];
  return everyOf(values, constraint, call, 0, atOnce);
}

/** What a client sends can break a constraint that expects something else. Such a value is invalid. */
function ask(constraint: Constraint, value: unknown, call: ValidationCall): Verdict {
  try {
    return constraint.validate(value, call);
  } catch (error) {
    return isHttpError(error) ? Promise.reject(error) : false;
  }
}

/** Whether all of a list, from an index on, are valid; of asynchronous checks no more than `atOnce` are pending. */
function everyOf(
  values: readonly unknown[],
  constraint: Constraint,
  call: ValidationCall,
  from: number,
  atOnce: number,
): boolean | Promise<boolean> {
  let isValid = true;
  const pending: PromiseLike<boolean>[] = [];
  let i = from;
  while (i < values.length && isValid && pending.length < atOnce) {
    const verdict = ask(constraint, values[i], call);
    if (isThenable(verdict)) pending.push(verdict);
    else isValid = Boolean(verdict);
    i++;
  }
  if (pending.length === 0) return isValid;
  return Promise.all(pending).then((all) => {
    if (!isValid || !all.every(Boolean)) return false;
    return i < values.length ? everyOf(values, constraint, call, i, atOnce) : true;
  });
}
