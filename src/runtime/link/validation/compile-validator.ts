import type { Class } from '../../declarations/class.js';
import type { GroupOptions } from '../../declarations/class-validator-metadata.js';
import { Mistakes } from '../../declarations/mistakes.js';
import { MAX_ERRORS } from '../../http/errors/max-errors.js';
import type { UnknownProperties } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { DtoPlans } from '../../plan/dto/dto-plans.js';
import { planDto } from '../../plan/dto/plan-dto.js';
import { StartupError } from '../../startup-error.js';
import { type LinkOptions, linkValidator, validate } from './link-validator.js';
import type { Validator } from './validator.js';

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
  readonly source?: 'json' | 'text' | 'form' | undefined;
  /** Whether validators do not run on missing values and null, except `@IsDefined`. Default: false. */
  readonly skipMissingProperties?: boolean | undefined;
  /** Whether the first failed validator of a property is the only one that is reported. Default: false. */
  readonly stopAtFirstError?: boolean | undefined;
  /** Deepest nesting of classes in classes. Default: 32. */
  readonly maxDepth?: number | undefined;
  /**
   * The most issues that are collected; then the rest of the input is not checked. No more asynchronous constraints than
   * this are pending at once. Default: 100.
   */
  readonly maxErrors?: number | undefined;
}

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

/** The plan of a class, and of those nested in it, as JSON; its functions are not made yet. */
export interface PlannedClass {
  readonly dtos: readonly DtoPlan[];
  readonly dto: number;
}

/** The options of a validator, with the source that only doors have. */
export type SourcedOptions = Omit<ValidatorOptions, 'source'> & LinkOptions;

/** Plans a class, and adds what is wrong to `mistakes`; then there is no plan. */
export function planForValidator(type: Class, options: SourcedOptions, mistakes: Mistakes): PlannedClass | undefined {
  const { source = 'json', mode, maxErrors = MAX_ERRORS } = options;
  const plans = new DtoPlans();
  const use = { ...options, isText: source === 'text' || source === 'path', checksTypes: mode !== 'class-validator' };
  const dto = planDto(type, use, plans, mistakes);
  if (!(maxErrors >= 1)) {
    mistakes.add(
      'invalid-option',
      `maxErrors is ${maxErrors}, which is not a number from 1 on. Correct it, or leave it out.`,
    );
    return undefined;
  }
  if (dto === undefined) return undefined;
  // As a plan from a file: nothing that JSON cannot carry may be in it.
  return { dtos: JSON.parse(JSON.stringify(plans.list)) as DtoPlan[], dto };
}

/** As {@link compileValidator}, but adds what is wrong to `mistakes`; then there is no validator. */
export function planValidator<T extends object>(
  type: Class<T>,
  options: SourcedOptions,
  mistakes: Mistakes,
): Validator<T> | undefined {
  const planned = planForValidator(type, options, mistakes);
  if (planned === undefined) return undefined;
  const validator = linkValidator(planned.dtos, planned.dto, type, options);
  return (input) => validate(validator, input) as ReturnType<Validator<T>>;
}
