import type { Constraint, ValidationCall } from '../../../declarations/class-validator-metadata.js';
import { isThenable } from '../../../http/is-thenable.js';
import type { ValueCheck } from '../../../types/value-check.js';
import type { CheckRun, ValueIssue } from '../check-run.js';
import { isHttpError } from '../is-http-error.js';
import type { Check, Hydration, LinkedClass, LinkedProperty, Verdict } from '../linked-class.js';
import type { Validated } from '../validator.js';
import { messageOf } from './message.js';

export { messageOf };

// What a validation does that finds something, or has to wait. A bundle loads it then.

/** Leaves the rest of a list or class for later; it is never checked where there are enough issues already. */
export function pause(run: CheckRun, continueChecks: () => void): void {
  if (run.failed >= run.maxErrors) return;
  run.rest ??= [];
  run.rest.push(continueChecks);
}

/** Checks an object. */
type CheckClass = (linked: LinkedClass, object: object, path: string, run: CheckRun, from: number) => void;

/** Leaves the properties of an object for later, from one on. */
export function pauseClass(
  checkClass: CheckClass,
  linked: LinkedClass,
  object: object,
  path: string,
  run: CheckRun,
  from: number,
): void {
  pause(run, () => checkClass(linked, object, path, run, from));
}

const NOT_AN_OBJECT: Validated<never> = {
  issues: [{ path: '', message: 'must be an object', constraints: { type: 'must be an object' } }],
};

/** The outcome for a value that is no object. */
export function notAnObject(): Validated<never> {
  return NOT_AN_OBJECT;
}

/** The outcome of a run that has found something, or has to wait. */
export function outcomeOf<T>(value: T, run: CheckRun): Validated<T> | Promise<Validated<T>> {
  if (run.pending !== undefined) return settle(run).then(() => outcomeOf(value, run));
  return run.failed > 0 ? { issues: issuesOf(run) } : { value };
}

/** Waits for the pending checks, then goes on with what was left, until all is checked or there are enough issues. */
async function settle(run: CheckRun): Promise<void> {
  while (run.pending !== undefined) {
    const { pending } = run;
    run.pending = undefined;
    await Promise.all(pending);
    resume(run);
  }
}

function resume(run: CheckRun): void {
  const rest = run.rest ?? [];
  run.rest = undefined;
  // Each may leave a part of its own for later again. That part comes before the outer ones, which then do the same.
  for (const continueChecks of rest) continueChecks();
}

/** The issue of one value, created when its first check fails; at `before`, ahead of the issues nested in the value. */
export function issueAt(path: string, before: number, { issues }: CheckRun): ValueIssue {
  const known = issues[before];
  if (known?.path === path) return known;
  const issue: ValueIssue = { path, message: '', constraints: {} };
  issues.splice(before, 0, issue);
  return issue;
}

/** Adds the failure of one constraint to an issue. */
export function fail(run: CheckRun, issue: ValueIssue, name: string, message: string, context?: unknown): void {
  // Only an issue that has not failed is without a message.
  if (issue.message === '') run.failed++;
  issue.constraints![name] = message;
  issue.message = Object.values(issue.constraints!).filter(Boolean).join(', ') || 'is invalid';
  if (context) issue.contexts = { ...issue.contexts, [name]: context };
}

/** What a value of another type than the declared one must be. */
export function typeMessage(name: string, check: ValueCheck, value: unknown): string {
  const { ofWhole } = check;
  const { isEach, expected } = ofWhole === undefined || ofWhole.accepts(value) ? check : ofWhole;
  return `${isEach ? `each value in ${name}` : name} must be ${expected}`;
}

/** The issues of a run that is over. */
function issuesOf({ issues, failed, maxErrors }: CheckRun): ValueIssue[] {
  // An asynchronous check that passed leaves behind an issue without a message, which only kept its place.
  const found = issues.length === failed ? issues : issues.filter(({ message }) => message !== '');
  return found.length > maxErrors ? found.slice(0, maxErrors) : found;
}

/** Notes the names of an object that its class does not declare. */
export function noteUnknown(names: string[], instance: object, hydration: Hydration): void {
  hydration.unknownCount += names.length;
  hydration.unknownNames ??= new Map();
  hydration.unknownNames.set(instance, hydration.isExact ? names : names.sort());
}

/** Adds the issues of an object's names. */
export function rejectNames(object: object, path: string, run: CheckRun): void {
  rejectUnknown(run.unknownNames?.get(object) ?? [], path, run);
  rejectRefused(run.refusedNames?.get(object) ?? [], path, run);
}

/** Adds an issue for each name that the class does not declare. */
function rejectUnknown(names: readonly string[], path: string, run: CheckRun): void {
  for (const name of names) {
    // What is nested in the object may still have asynchronous checks pending, which count as well.
    if (run.failed >= run.maxErrors) return;
    const issue = issueAt(join(path, name), run.issues.length, run);
    fail(run, issue, 'whitelistValidation', `property ${name} should not exist`);
  }
}

/** Adds an issue for each property whose setter threw. */
function rejectRefused(names: readonly string[], path: string, run: CheckRun): void {
  for (const name of names) {
    fail(run, issueAt(join(path, name), run.issues.length, run), 'type', `${name} is invalid`);
  }
}

/** As in class-validator, a context goes with any failed constraint of its name. */
export function addContexts(checks: readonly Check[], issue: ValueIssue, path: string): void {
  if (issue.path !== path) return;
  for (const { validation, name } of checks) {
    if (validation.context && issue.constraints?.[name]) {
      issue.contexts = {
        ...issue.contexts,
        [name]: { ...(issue.contexts?.[name] as object), ...(validation.context as object) },
      };
    }
  }
}

/** Adds the issue of a value of another type than the declared one, unless the value has one already. */
export function failType(
  name: string,
  check: ValueCheck,
  value: unknown,
  path: string,
  before: number,
  run: CheckRun,
): void {
  const { issues } = run;
  // A pending asynchronous check keeps a place, and may still pass.
  if (issues.length > before + 1 || (issues[before] !== undefined && issues[before].message !== '')) return;
  fail(run, issueAt(path, before, run), 'type', typeMessage(name, check, value));
}

/** Adds the issue of a constraint that has failed, now or later; what is not falsy is valid. */
export function takeVerdict(
  verdict: Verdict,
  check: Check,
  property: LinkedProperty,
  call: ValidationCall,
  path: string,
  before: number,
  run: CheckRun,
): void {
  if (isThenable(verdict)) awaitVerdict(verdict, check, property, call, path, before, run);
  else if (!verdict) {
    const { validation, constraint, name } = check;
    fail(run, issueAt(path, before, run), name, messageOf(validation, constraint, call, run.isExact));
  }
}

/** A constraint that is called on each value of a list. */
interface EachCheck {
  readonly values: readonly unknown[];
  readonly constraint: Constraint;
  readonly call: ValidationCall;
  /** The most asynchronous checks that are pending. */
  readonly atOnce: number;
  readonly ask: (constraint: Constraint, value: unknown, call: ValidationCall) => Verdict;
}

/** Whether all of a list, from an index on, are valid. @param first what the constraint said of the value before */
export function everyOf(check: EachCheck, from: number, first: Verdict): Verdict {
  const { values, constraint, call, atOnce, ask } = check;
  const pending: PromiseLike<boolean>[] = [];
  let isValid = take(first);
  let i = from;
  while (i < values.length && isValid && pending.length < atOnce) isValid = take(ask(constraint, values[i++], call));
  if (pending.length === 0) return isValid;
  return Promise.all(pending).then((all) => {
    if (!isValid || !all.every(Boolean)) return false;
    return i < values.length ? everyOf(check, i, true) : true;
  });
  function take(verdict: Verdict): boolean {
    if (!isThenable(verdict)) return Boolean(verdict);
    pending.push(verdict);
    return true;
  }
}

/** Waits for the verdict of an asynchronous constraint; the issue keeps its place. */
function awaitVerdict(
  verdict: PromiseLike<boolean>,
  { validation, constraint, name }: Check,
  property: LinkedProperty,
  call: ValidationCall,
  path: string,
  before: number,
  run: CheckRun,
): void {
  const issue = issueAt(path, before, run);
  run.open++;
  run.pending ??= [];
  run.pending.push(
    verdict.then(
      (isValid) => {
        run.open--;
        if (!isValid) fail(run, issue, name, messageOf(validation, constraint, call, run.isExact), validation.context);
      },
      (error: unknown) => {
        run.open--;
        if (!isCausedByValue(error, call.value, property)) throw error;
        fail(run, issue, name, messageOf(validation, constraint, call, run.isExact), validation.context);
      },
    ) as Promise<void>,
  );
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

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
