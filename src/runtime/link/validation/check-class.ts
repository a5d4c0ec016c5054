import { type CheckRun, isFull, type ValueIssue } from './check-run.js';
import { isHttpError } from './is-http-error.js';
import type { LinkedClass, LinkedProperty } from './linked-class.js';
import { loadNestedCheck } from './rare/check-nested.lazy.js';
import { loadFailures } from './rare/failures.lazy.js';
import { createCall, holds, runCheck, type Subject } from './run-constraint.js';

/** Calls every constraint of a class on an instance of it, in class-validator's order. */
export function checkClass(linked: LinkedClass, object: object, path: string, run: CheckRun): void {
  const { unknownNames, refusedNames } = run.hydration;
  if (unknownNames !== undefined) loadFailures().rejectUnknown(unknownNames.get(object) ?? [], path, run);
  if (refusedNames !== undefined) loadFailures().rejectRefused(refusedNames.get(object) ?? [], path, run);
  checkProperties(linked, object, path, run, 0);
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
  loadFailures().pause(run, () => checkProperties(linked, object, path, run, from));
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

function checkProperty(property: LinkedProperty, subject: Subject, value: unknown, path: string, run: CheckRun): void {
  const { issues } = run;
  const before = issues.length;
  const isSkipped = property.skipsMissing && (value === undefined || value === null);
  for (const check of property.checks) {
    if (isSkipped && check.validation.type !== 'isDefined') continue;
    if (run.stopsAtFirst && hasFailed(issues[before], path)) break;
    runCheck(check, property, createCall(check.validation, property.name, subject, value), path, before, run);
  }
  if (property.nested.length > 0 && !isSkipped)
    loadNestedCheck().checkNested(property, checkClass, value, path, before, run);
  if (property.withContext.length > 0 && issues[before]?.path === path) {
    loadFailures().addContexts(property.withContext, issues[before]);
  }
  const { valueCheck } = property;
  if (valueCheck === undefined || value === undefined || value === null) return;
  // A pending asynchronous check keeps a place, and may still pass.
  if (issues.length > before + 1 || (issues[before] !== undefined && issues[before].message !== '')) return;
  if (!valueCheck.accepts(value)) {
    const { fail, issueAt, typeMessage } = loadFailures();
    fail(run, issueAt(path, before, run), 'type', typeMessage(property.name, valueCheck, value));
  }
}

/** Whether a constraint on a value has failed; the verdict of an asynchronous one is still open. */
function hasFailed(issue: ValueIssue | undefined, path: string): boolean {
  return issue !== undefined && issue.path === path && issue.message !== '';
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
