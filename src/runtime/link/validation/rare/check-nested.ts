import type { PropertyValidation } from '../../../declarations/class-validator-metadata.js';
import { type CheckRun, isFull } from '../check-run.js';
import type { LinkedClass, LinkedProperty } from '../linked-class.js';
import { loadFailures } from './failures.lazy.js';

/** Checks an object. */
type CheckClass = (linked: LinkedClass, object: object, path: string, run: CheckRun) => void;

/** Checks the objects that a property holds. */
export function checkNested(
  property: LinkedProperty,
  checkClass: CheckClass,
  value: unknown,
  path: string,
  before: number,
  run: CheckRun,
): void {
  // class-validator lets a missing one pass; a handler relies on what it declares.
  if (value === undefined && run.isExact) return;
  const { valueCheck } = property;
  // An object in the place of a list, or a list in that of a Map.
  if (typeof value === 'object' && value !== null && valueCheck?.ofWhole?.accepts(value) === false) {
    const { fail, issueAt, typeMessage } = loadFailures();
    fail(run, issueAt(path, before, run), 'type', typeMessage(property.plan.name, valueCheck, value));
    return;
  }
  for (const validation of property.nested!) descend({ property, checkClass, validation }, value, path, before, run);
}

/** A property with nested objects, and its `@ValidateNested`. */
interface Nesting {
  readonly property: LinkedProperty;
  readonly checkClass: CheckClass;
  readonly validation: PropertyValidation;
}

function descend(nesting: Nesting, value: unknown, path: string, before: number, run: CheckRun): void {
  const { classes, tooDeep, maxDepth } = run;
  const { property, validation } = nesting;
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && tooDeep?.has(value)) {
    const message = `${property.plan.name} is nested deeper than ${maxDepth} levels`;
    const { fail, issueAt } = loadFailures();
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
    nesting.checkClass(linked, value as object, path, run);
    return;
  }
  const { fail, issueAt, messageOf } = loadFailures();
  const issue = issueAt(path, before, run);
  if (isObject && property.valueCheck !== undefined) {
    fail(run, issue, 'type', `${property.plan.name} must be ${property.valueCheck.expected}`);
  } else {
    const target = validation.target as object;
    const call = {
      targetName: target.constructor.name,
      property: validation.propertyName,
      object: target,
      value,
      constraints: validation.constraints,
    };
    fail(run, issue, validation.type, messageOf(validation, undefined, call, run.isExact), validation.context);
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
  loadFailures().pause(run, () => checkItems(nesting, held, path, run, from));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
