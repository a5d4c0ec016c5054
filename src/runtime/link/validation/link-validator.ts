import type { Class } from '../../declarations/class.js';
import { MAX_ERRORS } from '../../http/errors/max-errors.js';
import type { UnknownProperties } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { checkClass } from './check-class.js';
import type { CheckRun } from './check-run.js';
import { hydrateClass } from './hydrate-class.js';
import { linkClass } from './link-class.js';
import type { LinkedClass, Linker, ValueFormat } from './linked-class.js';
import { loadFailures } from './rare/failures.lazy.js';
import type { Validated } from './validator.js';

/** How a class is used. */
export interface LinkOptions {
  /** What values are parsed from. Default: `json`. */
  readonly source?: ValueFormat | undefined;
  /** Default: `reject`. */
  readonly unknownProperties?: UnknownProperties | undefined;
  /** Default: 100. */
  readonly maxErrors?: number | undefined;
  /** Default: 32. */
  readonly maxDepth?: number | undefined;
  /** Whether a property has at most one failed constraint. Default: false. */
  readonly stopAtFirstError?: boolean | undefined;
  /** Default: `strict`. */
  readonly mode?: 'strict' | 'class-validator' | undefined;
}

/** A class that is linked for one way to use it. */
export interface LinkedValidator extends Linker {
  readonly linked: LinkedClass;
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  readonly maxErrors: number;
  readonly stopsAtFirst: boolean;
}

/**
 * Links the plan at a position to its class. It checks nothing of the class, for its plan was checked.
 *
 * @throws StalePlan where the decorators of the class, or of one nested in it, have recorded something else
 */
export function linkValidator(
  dtos: readonly DtoPlan[],
  dto: number,
  type: Class,
  { source = 'json', unknownProperties = 'reject', maxDepth = 32, ...options }: LinkOptions,
): LinkedValidator {
  const isExact = options.mode === 'class-validator';
  const linker: Linker = { dtos, format: source, isExact, classes: new Map(), link: linkClass };
  return {
    ...linker,
    linked: linkClass(type, dto, linker),
    unknownProperties,
    maxDepth,
    maxErrors: options.maxErrors ?? MAX_ERRORS,
    stopsAtFirst: options.stopAtFirstError === true,
  };
}

/** Makes an instance of a parsed value and validates it; gives a promise only where a constraint is asynchronous. */
export function validate(
  { linked, classes, format, isExact, unknownProperties, maxDepth, maxErrors, stopsAtFirst }: LinkedValidator,
  input: unknown,
): Validated<object> | Promise<Validated<object>> {
  const run: CheckRun = {
    classes,
    format,
    unknownProperties,
    maxDepth,
    maxErrors,
    isExact,
    unknownCount: 0,
    unknownNames: undefined,
    refusedNames: undefined,
    tooDeep: undefined,
    stopsAtFirst,
    issues: [],
    failed: 0,
    open: 0,
    pending: undefined,
    rest: undefined,
  };
  const value = hydrateClass(linked, input, run, 0) as object;
  // Only an object becomes an instance.
  if (Object.is(value, input)) return loadFailures().notAnObject();
  checkClass(linked, value, '', run);
  return run.failed === 0 && run.pending === undefined ? { value } : loadFailures().outcomeOf(value, run);
}
