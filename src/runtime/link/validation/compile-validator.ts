import { type Class, nameOf } from '../../declarations/class.js';
import { Mistakes } from '../../declarations/mistakes.js';
import { StartupError } from '../../startup-error.js';
import { checkClass } from './check-class.js';
import { type CheckRun, issuesOf, settle, type ValueIssue } from './check-run.js';
import type { ClassPlan, Hydration, UnknownProperties, ValueFormat } from './class-plan.js';
import { type GroupOptions, isValidated, validationsOf } from './class-validator-metadata.js';
import { hydrateClass } from './hydrate-class.js';
import { hideValue, showValue } from './message.js';
import { createPlanner } from './planner.js';

/** What {@link compileValidator} takes. */
export interface ValidatorOptions extends GroupOptions {
  /** Whether properties that the class does not declare are an issue, are left out, or are kept. Default: `reject`. */
  readonly unknownProperties?: UnknownProperties | undefined;
  /**
   * `strict`, as the doors validate: `$value` in a message is replaced by the word `value`, so that a reply never echoes
   * input; a required nested object must be there; a property must hold its declared type even where no validator checks
   * it. `class-validator` is exactly class-validator in all three: `$value` is the value that was sent, a missing nested
   * object passes, and only decorators check. Default: `strict`.
   */
  readonly mode?: 'strict' | 'class-validator' | undefined;
  /**
   * What the input was parsed from. `json`: scalars have their types. `text`: scalars are strings, and are converted.
   * `form`: as `text`, and as browsers send forms: a blank input may be missing, a checkbox is `on`. Default: `json`.
   */
  readonly source?: ValueFormat | undefined;
  /** Deepest nesting of classes in classes. Default: 32. */
  readonly maxDepth?: number | undefined;
  /**
   * The most issues that are collected; then the rest of the input is not checked. No more asynchronous constraints than
   * this are pending at once. Default: 100.
   */
  readonly maxErrors?: number | undefined;
}

/** The instance, or all issues of the input. */
export type Validated<T> = { readonly value: T } | { readonly issues: readonly ValueIssue[] };

/** Makes an instance of a parsed value and validates it; gives a promise only where a constraint is asynchronous. */
export type Validator<T> = (input: unknown) => Validated<T> | Promise<Validated<T>>;

/**
 * Compiles a class with class-validator's decorators into a function. The function makes an instance (property defaults
 * are kept; nested classes, lists, `Date`, `bigint`, `URL`, `Set` and `Map` are made of what JSON has for them), and
 * calls the constraints that class-validator would, in its order. The doors use it for every DTO.
 *
 * @throws StartupError with every mistake, where the class cannot be used
 * @example
 * ```ts
 * const validate = compileValidator(CreateTodo);
 * const result = await validate({ title: 'Write' });
 * if ('value' in result) save(result.value);
 * ```
 */
export function compileValidator<T extends object>(type: Class<T>, options: ValidatorOptions = {}): Validator<T> {
  const mistakes = new Mistakes();
  const validator = planValidator(type, options, mistakes);
  if (validator === undefined) throw new StartupError(mistakes.found);
  return validator;
}

/** The names of the properties that a class has validators for. */
export function declaredNamesOf(type: Class): readonly string[] {
  return validationsOf(type).map(({ propertyName }) => propertyName);
}

/** As {@link compileValidator}, but adds what is wrong to `mistakes`; then there is no validator. */
export function planValidator<T extends object>(
  type: Class<T>,
  options: ValidatorOptions,
  mistakes: Mistakes,
): Validator<T> | undefined {
  if (!isValidated(type)) {
    mistakes.add(
      'class-without-validators',
      `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator.`,
    );
    return undefined;
  }
  const { source: format = 'json', unknownProperties = 'reject', maxDepth = 32, maxErrors = 100 } = options;
  const isExact = options.mode === 'class-validator';
  const before = mistakes.found.length;
  if (!(maxErrors >= 1)) {
    mistakes.add(
      'invalid-option',
      `maxErrors is ${maxErrors}, which is not a number from 1 on. Correct it, or leave it out.`,
    );
  }
  const planner = createPlanner({ ...options, format, checksTypes: !isExact }, mistakes);
  const plan = planner.plan(type);
  if (mistakes.found.length > before) return undefined;
  const show = isExact ? showValue : hideValue;
  const sortsNames = !isExact;
  const dropsEmpty = format !== 'json';
  return function validateInput(input) {
    const hydration: Hydration = {
      plans: planner.byPrototype,
      maxUnknown: maxErrors,
      unknownCount: 0,
      unknownProperties,
      maxDepth,
      sortsNames,
      dropsEmpty,
      root: undefined,
      unknownNames: undefined,
      refusedNames: undefined,
      tooDeep: undefined,
    };
    const run: CheckRun = {
      hydration,
      show,
      maxErrors,
      issues: [],
      failed: 0,
      open: 0,
      pending: undefined,
      rest: undefined,
    };
    return validate(plan, input, run) as ReturnType<Validator<T>>;
  };
}

const NOT_AN_OBJECT: Validated<never> = {
  issues: [{ path: '', message: 'must be an object', constraints: { type: 'must be an object' } }],
};

function validate(plan: ClassPlan, input: unknown, run: CheckRun): ReturnType<Validator<object>> {
  const value = hydrateClass(plan, input, run.hydration, 0);
  if (run.hydration.root === undefined) return NOT_AN_OBJECT;
  checkClass(plan, value as object, '', run);
  return run.pending === undefined
    ? outcomeOf(value as object, run)
    : settle(run).then(() => outcomeOf(value as object, run));
}

function outcomeOf(value: object, run: CheckRun): Validated<object> {
  return run.failed > 0 ? { issues: issuesOf(run) } : { value };
}
