import { dropPrototypeKeys, isPrototypeKey } from '../http/body.js';
import type { BindingIssue } from '../http/http-error.js';
import { type Class, nameOf, propertyTypeOf } from '../metadata.js';
import { INVALID, textTypeOf, toDate } from './text-types.js';
import {
  type Constraint,
  constraintsOf,
  type PropertyValidation,
  type ValidationCall,
  validationsOf,
} from './validation-metadata.js';

/** What is done with properties that a DTO does not declare. */
export type UnknownProperties = 'reject' | 'strip' | 'keep';

/** A mistake in a value; `path` leads to it from the value's root. */
export type ValueIssue = Omit<BindingIssue, 'in'>;

/** The DTO, or what is wrong. */
export type Validated<T> = { readonly value: T } | { readonly issues: readonly ValueIssue[] };

/** Makes an instance of a DTO of a parsed value, and validates it; async only where a constraint is. */
export type Validator<T> = (input: unknown) => Validated<T> | Promise<Validated<T>>;

/** What a validator is made for. */
export interface ValidatorOptions {
  /** Default: `reject`. */
  unknown?: UnknownProperties;
  /** Whether scalars are still text, as in a query or a form, and are converted by the declared type. */
  source?: 'json' | 'text';
}

/** Deepest nesting of DTOs in DTOs. */
const MAX_DEPTH = 32;

interface Check {
  readonly validation: PropertyValidation;
  readonly name: string;
  readonly constraint: Constraint;
}

interface PropertyPlan {
  readonly name: string;
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  readonly nested: readonly PropertyValidation[];
  /** Makes the declared type of a parsed value; what cannot be made is left for the checks to refuse. */
  readonly hydrate: ((value: unknown, depth: number, run: Run) => unknown) | undefined;
}

interface ClassPlan {
  readonly type: new () => object;
  readonly byName: ReadonlyMap<string, PropertyPlan>;
  readonly properties: readonly PropertyPlan[];
}

/** One value's way through the plan. */
interface Run {
  readonly unknown: UnknownProperties;
  readonly isText: boolean;
  readonly foreign: Map<object, string[]>;
  readonly plans: Map<object, ClassPlan>;
  pending: Promise<void>[] | undefined;
}

/** Whether class-validator knows anything of this class. */
export function isValidated(type: Class): boolean {
  return validationsOf(type).length > 0;
}

/**
 * Compiles a class with class-validator's decorators into a function, once: it makes an instance (property defaults
 * kept), takes over what is declared, and calls the very constraint objects that class-validator would.
 *
 * @throws Error where the class has no validators: everything would pass
 */
export function createValidator<T extends object>(type: Class<T>, options: ValidatorOptions = {}): Validator<T> {
  const plan = planOf(type, new Map());
  const unknown = options.unknown ?? 'reject';
  const isText = options.source === 'text';
  return (input) => {
    if (!isRecord(input)) return { issues: [{ path: '', message: 'must be an object' }] };
    const run: Run = { unknown, isText, foreign: new Map(), plans: new Map(), pending: undefined };
    const value = hydrate(plan, input, 0, run);
    if (typeof value === 'string') return { issues: [{ path: '', message: value }] };
    const issues: ValueIssue[] = [];
    validate(plan, value, '', issues, run);
    if (run.pending === undefined) return issues.length > 0 ? { issues } : { value: value as T };
    return Promise.all(run.pending).then(() => {
      const found = issues.filter((issue) => issue.message !== '');
      return found.length > 0 ? { issues: found } : { value: value as T };
    });
  };
}

function planOf(type: Class, known: Map<Class, ClassPlan>): ClassPlan {
  const before = known.get(type);
  if (before !== undefined) return before;
  const validations = validationsOf(type);
  if (validations.length === 0) {
    throw new Error(`the class ${nameOf(type)} has no validators, so that anything would pass`);
  }
  const byName = new Map<string, PropertyPlan>();
  const plan: ClassPlan = { type: type as unknown as new () => object, byName, properties: [] };
  known.set(type, plan);
  const grouped = new Map<string, PropertyValidation[]>();
  for (const validation of validations) {
    const group = grouped.get(validation.propertyName);
    if (group === undefined) grouped.set(validation.propertyName, [validation]);
    else group.push(validation);
  }
  for (const [name, group] of grouped) byName.set(name, planProperty(type, name, group, known));
  (plan.properties as PropertyPlan[]).push(...byName.values());
  return plan;
}

function planProperty(
  type: Class,
  name: string,
  validations: readonly PropertyValidation[],
  known: Map<Class, ClassPlan>,
): PropertyPlan {
  const ofKind = (kind: string) => validations.filter((validation) => validation.type === kind);
  const nested = ofKind('nestedValidation');
  const declared = propertyTypeOf(type, name);
  return {
    name,
    conditions: ofKind('conditionalValidation').map(
      ({ constraints }) => constraints![0] as (object: object, value: unknown) => boolean,
    ),
    checks: [...ofKind('isDefined'), ...ofKind('customValidation')].flatMap((validation) =>
      constraintsOf(validation).map(({ name: constraintName, instance }) => ({
        validation,
        name: constraintName ?? validation.type,
        constraint: instance,
      })),
    ),
    nested,
    hydrate: hydratorOf(declared, nested.length > 0, known),
  };
}

function hydratorOf(declared: unknown, isNested: boolean, known: Map<Class, ClassPlan>): PropertyPlan['hydrate'] {
  if (isNested && typeof declared === 'function' && isValidated(declared as Class)) {
    const plan = planOf(declared as Class, known);
    return (value, depth, run) => {
      if (!isRecord(value)) return value;
      const made = hydrate(plan, value, depth + 1, run);
      return typeof made === 'string' ? value : made;
    };
  }
  if (declared === Date) {
    return (value) => {
      const date = typeof value === 'string' ? toDate(value) : INVALID;
      return date === INVALID ? value : date;
    };
  }
  const textType = textTypeOf(declared);
  if (textType === undefined || declared === String) return undefined;
  return (value, _depth, run) => {
    if (!run.isText || typeof value !== 'string') return value;
    const converted = textType.convert(value);
    return converted === INVALID ? value : converted;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The instance, or a sentence on why there is none. */
function hydrate(plan: ClassPlan, input: Record<string, unknown>, depth: number, run: Run): object | string {
  if (depth > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
  const instance = new plan.type() as Record<string, unknown>;
  let foreign: string[] | undefined;
  for (const key of Object.keys(input)) {
    const property = plan.byName.get(key);
    if (property !== undefined) {
      const value = input[key];
      instance[key] = property.hydrate === undefined ? dropPrototypeKeys(value) : property.hydrate(value, depth, run);
    } else if (run.unknown === 'reject') {
      foreign ??= [];
      foreign.push(key);
    } else if (run.unknown === 'keep' && !isPrototypeKey(input, key)) {
      instance[key] = input[key];
    }
  }
  if (foreign !== undefined) run.foreign.set(instance, run.isText ? foreign.sort() : foreign);
  run.plans.set(instance, plan);
  return instance;
}

function validate(plan: ClassPlan, object: object, path: string, issues: ValueIssue[], run: Run): void {
  for (const name of run.foreign.get(object) ?? []) {
    const message = `property ${name} should not exist`;
    issues.push({ path: join(path, name), message, constraints: { whitelistValidation: message } });
  }
  for (const property of plan.properties) {
    const value = (object as Record<string, unknown>)[property.name];
    if (property.conditions.some((condition) => !condition(object, value))) continue;
    checkValue(property, object, value, join(path, property.name), issues, run);
  }
}

function checkValue(
  property: PropertyPlan,
  object: object,
  value: unknown,
  path: string,
  issues: ValueIssue[],
  run: Run,
): void {
  let constraints: Record<string, string> | undefined;
  let issue: { -readonly [K in keyof ValueIssue]: ValueIssue[K] } | undefined;
  const fail = (name: string, message: string) => {
    if (issue === undefined || constraints === undefined) {
      constraints = {};
      issue = { path, message: '', constraints };
      issues.push(issue);
    }
    constraints[name] = message;
    issue.message = Object.values(constraints).join(', ');
  };
  for (const check of property.checks) {
    const { validation, constraint, name } = check;
    if (validation.validateIf !== undefined && !validation.validateIf(object, value)) continue;
    const call: ValidationCall = {
      targetName: object.constructor.name,
      property: property.name,
      object,
      value,
      constraints: validation.constraints,
    };
    const isEach = validation.each === true && isCollection(value);
    const verdict = isEach
      ? everyOf([...(value instanceof Map ? value.values() : (value as Iterable<unknown>))], constraint, call)
      : constraint.validate(value, call);
    if (typeof verdict === 'object' && verdict !== null && typeof verdict.then === 'function') {
      run.pending ??= [];
      run.pending.push(verdict.then((isValid) => (isValid ? undefined : fail(name, messageOf(check, call)))));
    } else if (!verdict) {
      fail(name, messageOf(check, call));
    }
  }
  if (value === undefined) return;
  for (const validation of property.nested) validateNested(validation, value, path, issues, run, fail);
}

function validateNested(
  validation: PropertyValidation,
  value: unknown,
  path: string,
  issues: ValueIssue[],
  run: Run,
  fail: (name: string, message: string) => void,
): void {
  const message = () =>
    textOf(validation.message, {
      targetName: nameOf(validation.target),
      property: validation.propertyName,
      object: {},
      value,
      constraints: validation.constraints,
    }) ?? `nested property ${validation.propertyName} must be either object or array`;
  const plan = typeof value === 'object' && value !== null ? run.plans.get(value) : undefined;
  if (plan !== undefined) validate(plan, value as object, path, issues, run);
  else fail(validation.type, message());
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

function everyOf(values: readonly unknown[], constraint: Constraint, call: ValidationCall): boolean | Promise<boolean> {
  const verdicts = values.map((value) => constraint.validate(value, call));
  return verdicts.some((verdict) => typeof verdict === 'object')
    ? Promise.all(verdicts).then((all) => all.every(Boolean))
    : verdicts.every(Boolean);
}

function messageOf({ validation, constraint }: Check, call: ValidationCall): string {
  return textOf(validation.message, call) ?? fill(constraint.defaultMessage?.(call) ?? '', call);
}

function textOf(message: PropertyValidation['message'], call: ValidationCall): string | undefined {
  if (!message) return undefined;
  return fill(typeof message === 'function' ? message(call) : message, call);
}

/** Fills class-validator's `$` tokens. What was sent does not echo: `$value` becomes `value`. */
function fill(message: string, { constraints, property, targetName }: ValidationCall): string {
  let text = message;
  constraints?.forEach((constraint, i) => {
    const shown = Array.isArray(constraint)
      ? constraint.join(', ')
      : String(typeof constraint === 'symbol' ? constraint.description : constraint);
    text = text.replaceAll(`$constraint${i + 1}`, () => shown);
  });
  return text
    .replaceAll('$value', 'value')
    .replaceAll('$property', () => property)
    .replaceAll('$target', () => targetName);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
