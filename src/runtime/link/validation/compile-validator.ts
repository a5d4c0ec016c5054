import { type Class, nameOf } from '../../declarations/class.js';
import { StartupError } from '../../startup-error.js';
import { type CheckRun, checkClass, type ValueIssue } from './check-class.js';
import { type ClassPlan, createPlanner, type ValueSource } from './class-plan.js';
import { type GroupOptions, isValidated } from './class-validator-metadata.js';
import { type Hydration, hydrateClass, type UnknownProperties } from './hydrate-class.js';
import { hideValue, showValue } from './message.js';

/** What {@link compileValidator} takes. */
export interface ValidatorOptions extends GroupOptions {
  /** What happens to properties that the class does not declare. Default: `reject`. */
  readonly unknownProperties?: UnknownProperties;
  /**
   * `strict`, as the doors validate: `$value` in a message is replaced by the word `value`, so that a reply never echoes
   * input; a required nested object must be there; a property must hold its declared type even where no validator checks
   * it. `class-validator` is exactly class-validator in all three: `$value` is the value that was sent, a missing nested
   * object passes, and only decorators check. Default: `strict`.
   */
  readonly mode?: 'strict' | 'class-validator';
  /** `json`: scalars are values; `text`: they are text, and converted; `form`: as `text`, as browsers send it. Default: `json`. */
  readonly source?: ValueSource;
  /** Deepest nesting of classes in classes. Default: 32. */
  readonly maxDepth?: number;
}

/** The instance, or all that is wrong. */
export type Validated<T> = { readonly value: T } | { readonly issues: readonly ValueIssue[] };

/** Makes an instance of a parsed value and validates it; a promise only where a constraint is asynchronous. */
export type Validator<T> = (input: unknown) => Validated<T> | Promise<Validated<T>>;

/**
 * Compiles a class with class-validator's decorators into a function, once: it makes an instance (property defaults
 * kept, nested classes, lists, `Date`, `bigint`, `URL`, `Set` and `Map` made of what JSON has for them), and calls the
 * very constraints that class-validator would, in its order. The doors use it for every DTO.
 *
 * @throws StartupError where the class cannot be used, with every mistake
 * @example
 * ```ts
 * const validate = compileValidator(CreateTodo);
 * const result = await validate({ title: 'Write' });
 * if ('value' in result) save(result.value);
 * ```
 */
export function compileValidator<T extends object>(type: Class<T>, options: ValidatorOptions = {}): Validator<T> {
  const mistakes: string[] = [];
  const validator = planValidator(type, options, mistakes);
  if (mistakes.length > 0) throw new StartupError(mistakes);
  return validator;
}

/** As {@link compileValidator}, but for what is wrong, which is pushed to `mistakes`. */
export function planValidator<T extends object>(
  type: Class<T>,
  options: ValidatorOptions,
  mistakes: string[],
): Validator<T> {
  if (!isValidated(type)) {
    mistakes.push(
      `the class ${nameOf(type)} has no validators, so that anything would pass. Decorate its properties with class-validator.`,
    );
    return () => ({ issues: [] });
  }
  const { source = 'json', unknownProperties = 'reject', maxDepth = 32 } = options;
  const isExact = options.mode === 'class-validator';
  const plan = createPlanner({ ...options, source, checksTypes: !isExact }, mistakes).plan(type);
  const show = isExact ? showValue : hideValue;
  const sortsNames = source === 'text';
  const dropsEmpty = source === 'form';
  return (input) => {
    const hydration: Hydration = {
      unknownProperties,
      maxDepth,
      sortsNames,
      dropsEmpty,
      root: undefined,
      nested: undefined,
      foreign: undefined,
      tooDeep: undefined,
    };
    return run(plan, input, { hydration, show, issues: [], pending: undefined }) as ReturnType<Validator<T>>;
  };
}

const NO_OBJECT = { issues: [{ path: '', message: 'must be an object', constraints: { type: 'must be an object' } }] };

function run(plan: ClassPlan, input: unknown, checks: CheckRun): ReturnType<Validator<object>> {
  const value = hydrateClass(plan, input, checks.hydration, 0);
  if (checks.hydration.root === undefined) return NO_OBJECT;
  checkClass(plan, value as object, '', checks);
  if (checks.pending === undefined)
    return checks.issues.length > 0 ? { issues: checks.issues } : { value: value as object };
  return Promise.all(checks.pending).then(() => {
    // Those whose async check passed only held a place.
    const issues = checks.issues.filter(({ message }) => message !== '');
    return issues.length > 0 ? { issues } : { value: value as object };
  });
}
