import type { Constraint, ValidationCall } from '../../declarations/class-validator-metadata.js';
import { isThenable } from '../../http/is-thenable.js';
import { type CheckRun, fail, issueAt } from './check-run.js';
import { isHttpError } from './is-http-error.js';
import type { Check, LinkedProperty } from './linked-class.js';
import { messageOf } from './message.js';

type Verdict = boolean | PromiseLike<boolean>;

/** Calls one constraint on one value, and adds the issue where it fails, now or later. */
export function runCheck(
  check: Check,
  property: LinkedProperty,
  call: ValidationCall,
  path: string,
  before: number,
  run: CheckRun,
): void {
  const { validation, constraint, name } = check;
  const { value } = call;
  if (validation.validateIf !== undefined && !holds(validation.validateIf, call.object, value)) return;
  const verdict = verdictOf(check, call, run.maxErrors);
  if (!isThenable(verdict)) {
    if (!verdict) fail(run, issueAt(path, before, run), name, messageOf(validation, constraint, call, run.show));
    return;
  }
  // The verdict comes later; the issue keeps its place.
  const issue = issueAt(path, before, run);
  run.open++;
  run.pending ??= [];
  run.pending.push(
    verdict.then(
      (isValid) => {
        run.open--;
        if (!isValid) fail(run, issue, name, messageOf(validation, constraint, call, run.show), validation.context);
      },
      (error: unknown) => {
        run.open--;
        if (!isCausedByValue(error, value, property)) throw error;
        fail(run, issue, name, messageOf(validation, constraint, call, run.show), validation.context);
      },
    ) as Promise<void>,
  );
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

/**
 * Whether an asynchronous constraint failed because of the value. It may also fail because a database does not respond,
 * and that is not the client's mistake.
 */
function isCausedByValue(error: unknown, value: unknown, { valueCheck }: LinkedProperty): boolean {
  if (isHttpError(error)) return false;
  if (value === null || (valueCheck !== undefined && !valueCheck.accepts(value))) return true;
  // fetch() reports a failed connection as a TypeError with a cause.
  const isOfLanguage = [TypeError, RangeError, SyntaxError, URIError].some((type) => error instanceof type);
  return isOfLanguage && (error as Error).cause === undefined;
}
