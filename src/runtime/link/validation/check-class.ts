import type { BindingIssue } from '../../http/http-error.js';
import type { Check, ClassPlan, Hydration, PropertyPlan } from './class-plan.js';
import type { Constraint, PropertyValidation, ValidationCall } from './class-validator-metadata.js';
import { messageOf, type ShowValue } from './message.js';

/** One thing wrong with an input; `path` leads to it from the input's root. */
export interface ValueIssue extends Omit<BindingIssue, 'in'> {
  /** The `context` of the decorators that failed, by constraint. */
  contexts?: Record<string, unknown>;
}

/** One validation of one input. */
export interface CheckRun {
  readonly hydration: Hydration;
  readonly show: ShowValue;
  /** In class-validator's order. One without a message keeps the place of an asynchronous check. */
  readonly issues: ValueIssue[];
  pending: Promise<void>[] | undefined;
}

/** Calls every constraint of a class on an instance of it, in class-validator's order. */
export function checkClass(plan: ClassPlan, object: object, path: string, run: CheckRun): void {
  const unknownNames = run.hydration.unknownNames?.get(object);
  if (unknownNames !== undefined) rejectUnknown(unknownNames, path, run);
  const subject = { object, name: plan.name };
  for (const property of plan.properties) {
    const value = (object as Record<string, unknown>)[property.name];
    if (property.conditions.length > 0 && !property.conditions.every((holds) => holds(object, value))) continue;
    checkProperty(property, subject, value, path === '' ? property.name : join(path, property.name), run);
  }
}

function rejectUnknown(names: readonly string[], path: string, run: CheckRun): void {
  for (const name of names) {
    const message = `property ${name} should not exist`;
    run.issues.push({ path: join(path, name), message, constraints: { whitelistValidation: message } });
  }
}

/** The object whose properties are checked, and what class-validator calls its class. */
interface Subject {
  readonly object: object;
  readonly name: string;
}

function checkProperty(property: PropertyPlan, subject: Subject, value: unknown, path: string, run: CheckRun): void {
  const { issues } = run;
  const before = issues.length;
  for (const check of property.checks) runCheck(check, property.name, subject, value, path, before, run);
  if (property.nested.length > 0) checkNested(property, value, path, before, run);
  if (property.withContext.length > 0 && issues[before]?.path === path) {
    addContexts(property.withContext, issues[before]);
  }
  const { valueCheck } = property;
  if (valueCheck === undefined || value === undefined || value === null) return;
  // A pending asynchronous check keeps a place, and may still pass.
  if (issues.length > before + 1 || (issues[before] !== undefined && issues[before].message !== '')) return;
  if (!valueCheck.accepts(value)) {
    const subject = valueCheck.isEach ? `each value in ${property.name}` : property.name;
    fail(issueAt(path, before, run), 'type', `${subject} must be ${valueCheck.expected}`);
  }
}

/** The issue of one value, created when its first check fails; at `before`, ahead of the issues nested in the value. */
function issueAt(path: string, before: number, { issues }: CheckRun): ValueIssue {
  const known = issues[before];
  if (known?.path === path) return known;
  const issue: ValueIssue = { path, message: '', constraints: {} };
  issues.splice(before, 0, issue);
  return issue;
}

function fail(issue: ValueIssue, name: string, message: string, context?: unknown): void {
  issue.constraints![name] = message;
  issue.message = Object.values(issue.constraints!).join(', ');
  if (context) issue.contexts = { ...issue.contexts, [name]: context };
}

function runCheck(
  { validation, constraint, name }: Check,
  property: string,
  subject: Subject,
  value: unknown,
  path: string,
  before: number,
  run: CheckRun,
): void {
  if (validation.validateIf !== undefined && !validation.validateIf(subject.object, value)) return;
  const call = createCall(validation, property, subject, value);
  const isEach = validation.each === true && (Array.isArray(value) || value instanceof Set || value instanceof Map);
  const verdict = isEach
    ? everyOf(Array.isArray(value) ? value : [...(value as Set<unknown>).values()], constraint, call)
    : constraint.validate(value, call);
  if (typeof verdict === 'object' && verdict !== null && typeof verdict.then === 'function') {
    // The verdict comes later; the issue keeps its place.
    const issue = issueAt(path, before, run);
    run.pending ??= [];
    run.pending.push(
      verdict.then((isValid) => {
        if (!isValid) fail(issue, name, messageOf(validation, constraint, call, run.show), validation.context);
      }),
    );
  } else if (!verdict) {
    fail(issueAt(path, before, run), name, messageOf(validation, constraint, call, run.show));
  }
}

/** As in class-validator, a context goes with any failed constraint of its name. */
function addContexts(checks: readonly Check[], issue: ValueIssue): void {
  for (const { validation, name } of checks) {
    if (issue.constraints?.[name] !== undefined) {
      issue.contexts = {
        ...issue.contexts,
        [name]: { ...(issue.contexts?.[name] as object), ...(validation.context as object) },
      };
    }
  }
}

function createCall(
  { constraints }: PropertyValidation,
  property: string,
  { object, name }: Subject,
  value: unknown,
): ValidationCall {
  return { targetName: name, property, object, value, constraints };
}

function everyOf(values: readonly unknown[], constraint: Constraint, call: ValidationCall): boolean | Promise<boolean> {
  let isValid = true;
  let pending: Promise<boolean>[] | undefined;
  for (const value of values) {
    const verdict = constraint.validate(value, call);
    if (typeof verdict === 'object' && verdict !== null) {
      pending ??= [];
      pending.push(verdict);
    } else {
      isValid &&= Boolean(verdict);
    }
  }
  return pending === undefined ? isValid : Promise.all(pending).then((all) => isValid && all.every(Boolean));
}

function checkNested(property: PropertyPlan, value: unknown, path: string, before: number, run: CheckRun): void {
  // class-validator lets a missing one pass; a handler relies on what it declares.
  if (value === undefined && !property.isNestedRequired) return;
  for (const validation of property.nested) descend(property, validation, value, path, before, run);
}

function descend(
  property: PropertyPlan,
  validation: PropertyValidation,
  value: unknown,
  path: string,
  before: number,
  run: CheckRun,
): void {
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : [...value].entries();
    for (const [key, each] of entries) {
      if (each === undefined) continue;
      const eachPath = value instanceof Map ? join(path, String(key)) : `${path}[${key}]`;
      descend(property, validation, each, eachPath, run.issues.length, run);
    }
    return;
  }
  const { nested, tooDeep, maxDepth } = run.hydration;
  const isObject = typeof value === 'object' && value !== null;
  const plan = isObject ? nested?.get(value) : undefined;
  if (plan !== undefined) {
    checkClass(plan, value as object, path, run);
    return;
  }
  const issue = issueAt(path, before, run);
  if (isObject && tooDeep?.has(value)) {
    fail(issue, 'maxDepth', `${property.name} is nested deeper than ${maxDepth} levels`);
  } else if (isObject && property.valueCheck !== undefined) {
    fail(issue, 'type', `${property.name} must be ${property.valueCheck.expected}`);
  } else {
    const target = validation.target as object;
    const subject = { object: target, name: target.constructor.name };
    const call = createCall(validation, validation.propertyName, subject, value);
    fail(issue, validation.type, messageOf(validation, undefined, call, run.show), validation.context);
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
