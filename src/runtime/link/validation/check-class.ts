import { type CheckRun, isFull, type ValueIssue } from './check-run.js';
import type { LinkedClass, LinkedProperty } from './linked-class.js';
import { loadNestedCheck } from './rare/check-nested.lazy.js';
import { loadFailures } from './rare/failures.lazy.js';
import { loadLateValues } from './rare/late-values.lazy.js';
import { holds, runConstraint } from './run-constraint.js';

/**
 * Calls every constraint of a class on an instance of it, in class-validator's order.
 *
 * @param from the position of the property to go on with. Default: the object has not been looked at yet
 */
export function checkClass(linked: LinkedClass, object: object, path: string, run: CheckRun, from = -1): void {
  if (from < 0 && (run.unknownNames ?? run.refusedNames) !== undefined) loadFailures().rejectNames(object, path, run);
  const { properties } = linked;
  for (let i = Math.max(from, 0); i < properties.length; i++) {
    if (isFull(run)) {
      // Apart, so that no closure is made in the usual case.
      loadFailures().pauseClass(checkClass, linked, object, path, run, i);
      return;
    }
    const property = properties[i]!;
    const { plan, conditions } = property;
    const { name } = plan;
    const value = plan.isAccessor
      ? loadLateValues().readAccessor(object, name)
      : (object as Record<string, unknown>)[name];
    if (conditions !== undefined && !holds(conditions, object, value)) continue;
    checkProperty(property, linked, object, value, path === '' ? name : `${path}.${name}`, run);
  }
}

function checkProperty(
  property: LinkedProperty,
  { name: targetName, skipsMissing }: LinkedClass,
  object: object,
  value: unknown,
  path: string,
  run: CheckRun,
): void {
  const { issues } = run;
  const before = issues.length;
  const { checks, nested, valueCheck, plan } = property;
  const isMissing = value === undefined || value === null;
  for (let i = 0; i < checks.length; i++) {
    const check = checks[i]!;
    const { type, validateIf, constraints } = check.validation;
    if (skipsMissing && isMissing && type !== 'isDefined') continue;
    if (run.stopsAtFirst && hasFailed(issues[before], path)) break;
    if (validateIf !== undefined && !holds([validateIf], object, value)) continue;
    const call = { targetName, property: plan.name, object, value, constraints };
    const verdict = runConstraint(check, call, run.maxErrors);
    if (verdict !== true) loadFailures().takeVerdict(verdict, check, property, call, path, before, run);
  }
  if (nested !== undefined && !(skipsMissing && isMissing)) {
    loadNestedCheck().checkNested(property, checkClass, value, path, before, run);
  }
  if (issues.length > before) loadFailures().addContexts(checks, issues[before]!, path);
  if (valueCheck !== undefined && !isMissing && !valueCheck.accepts(value)) {
    loadFailures().failType(plan.name, valueCheck, value, path, before, run);
  }
}

/** Whether a constraint on a value has failed; the verdict of an asynchronous one is still open. */
function hasFailed(issue: ValueIssue | undefined, path: string): boolean {
  return issue !== undefined && issue.path === path && issue.message !== '';
}
