import type { PropertyValidation, ValidationCall } from '../../declarations/class-validator-metadata.js';
import { type CheckRun, fail, isFull, issueAt, pause, type ValueIssue } from './check-run.js';
import { isHttpError } from './is-http-error.js';
import type { LinkedClass, LinkedProperty } from './linked-class.js';
import { messageOf } from './message.js';
import { holds, runCheck } from './run-constraint.js';

/** Calls every constraint of a class on an instance of it, in class-validator's order. */
export function checkClass(linked: LinkedClass, object: object, path: string, run: CheckRun): void {
  const { unknownNames, refusedNames } = run.hydration;
  if (unknownNames !== undefined) rejectUnknown(unknownNames.get(object) ?? [], path, run);
  if (refusedNames !== undefined) rejectRefused(refusedNames.get(object) ?? [], path, run);
  checkProperties(linked, object, path, run, 0);
}

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

function checkProperties(linked: LinkedClass, object: object, path: string, run: CheckRun, from: number): void {
  const { properties } = linked;
  const subject = { object, name: linked.name };
  for (let i = from; i < properties.length; i++) {
    if (isFull(run)) {
      pauseProperties(linked, object, path, run, i);
      return;
    }
    const property = properties[i]!;
    const value = property.isAccessor ? readAccessor(object, property.name) : (object as Values)[property.name];
    const { conditions } = property;
    if (conditions.length > 0 && !conditions.every((condition) => holds(condition, object, value))) continue;
    checkProperty(property, subject, value, path === '' ? property.name : join(path, property.name), run);
  }
}

type Values = Record<string, unknown>;

/** Apart from its caller, so that no closure is made in the usual case. */
function pauseProperties(linked: LinkedClass, object: object, path: string, run: CheckRun, from: number): void {
  pause(run, () => checkProperties(linked, object, path, run, from));
}

/** A getter may rely on what the client should have sent; its value is then undefined. */
function readAccessor(object: object, name: string): unknown {
  try {
    return (object as Values)[name];
  } catch (error) {
    if (isHttpError(error)) throw error;
    return undefined;
  }
}

/** The object whose properties are checked, and what class-validator calls its class. */
interface Subject {
  readonly object: object;
  readonly name: string;
}

function checkProperty(property: LinkedProperty, subject: Subject, value: unknown, path: string, run: CheckRun): void {
  const { issues } = run;
  const before = issues.length;
  const isSkipped = property.skipsMissing && (value === undefined || value === null);
  for (const check of property.checks) {
    if (isSkipped && check.validation.type !== 'isDefined') continue;
    if (run.stopsAtFirst && hasFailed(issues[before], path)) break;
    runCheck(check, property, createCall(check.validation, property.name, subject, value), path, before, run);
  }
  if (property.nested.length > 0 && !isSkipped) checkNested(property, value, path, before, run);
  if (property.withContext.length > 0 && issues[before]?.path === path) {
    addContexts(property.withContext, issues[before]);
  }
  const { valueCheck } = property;
  if (valueCheck === undefined || value === undefined || value === null) return;
  // A pending asynchronous check keeps a place, and may still pass.
  if (issues.length > before + 1 || (issues[before] !== undefined && issues[before].message !== '')) return;
  if (!valueCheck.accepts(value)) {
    const subject = valueCheck.isEach ? `each value in ${property.name}` : property.name;
    fail(run, issueAt(path, before, run), 'type', `${subject} must be ${valueCheck.expected}`);
  }
}

/** Whether a constraint on a value has failed; the verdict of an asynchronous one is still open. */
function hasFailed(issue: ValueIssue | undefined, path: string): boolean {
  return issue !== undefined && issue.path === path && issue.message !== '';
}

/** As in class-validator, a context goes with any failed constraint of its name. */
function addContexts(checks: LinkedProperty['withContext'], issue: ValueIssue): void {
  for (const { validation, name } of checks) {
    if (issue.constraints?.[name]) {
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

function checkNested(property: LinkedProperty, value: unknown, path: string, before: number, run: CheckRun): void {
  // class-validator lets a missing one pass; a handler relies on what it declares.
  if (value === undefined && !property.isNestedRequired) return;
  for (const validation of property.nested) descend({ property, validation }, value, path, before, run);
}

/** A property with nested objects, and its `@ValidateNested`. */
interface Nesting {
  readonly property: LinkedProperty;
  readonly validation: PropertyValidation;
}

function descend(nesting: Nesting, value: unknown, path: string, before: number, run: CheckRun): void {
  const { classes, tooDeep, maxDepth } = run.hydration;
  const { property, validation } = nesting;
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && tooDeep?.has(value)) {
    const message = `${property.name} is nested deeper than ${maxDepth} levels`;
    fail(run, issueAt(path, before, run), 'maxDepth', message);
    return;
  }
  if (Array.isArray(value)) {
    checkItems(nesting, { items: value, keys: undefined }, path, run, 0);
    return;
  }
  if (value instanceof Set || value instanceof Map) {
    const keys = value instanceof Map ? [...value.keys()] : undefined;
    checkItems(nesting, { items: [...value.values()], keys }, path, run, 0);
    return;
  }
  const linked = isObject ? classes.get(Object.getPrototypeOf(value) as object) : undefined;
  if (linked !== undefined) {
    checkClass(linked, value as object, path, run);
    return;
  }
  const issue = issueAt(path, before, run);
  if (isObject && property.valueCheck !== undefined) {
    fail(run, issue, 'type', `${property.name} must be ${property.valueCheck.expected}`);
  } else {
    const target = validation.target as object;
    const subject = { object: target, name: target.constructor.name };
    const call = createCall(validation, validation.propertyName, subject, value);
    fail(run, issue, validation.type, messageOf(validation, undefined, call, run.show), validation.context);
  }
}

/** What a list, `Set` or `Map` holds. */
interface Held {
  readonly items: readonly unknown[];
  /** The keys of a `Map`. */
  readonly keys: readonly unknown[] | undefined;
}

function checkItems(nesting: Nesting, held: Held, path: string, run: CheckRun, from: number): void {
  const { items, keys } = held;
  for (let i = from; i < items.length; i++) {
    if (isFull(run)) {
      pauseItems(nesting, held, path, run, i);
      return;
    }
    if (items[i] === undefined) continue;
    const itemPath = keys === undefined ? `${path}[${i}]` : join(path, String(keys[i]));
    descend(nesting, items[i], itemPath, run.issues.length, run);
  }
}

/** Apart from its caller, so that no closure is made in the usual case. */
function pauseItems(nesting: Nesting, held: Held, path: string, run: CheckRun, from: number): void {
  pause(run, () => checkItems(nesting, held, path, run, from));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
