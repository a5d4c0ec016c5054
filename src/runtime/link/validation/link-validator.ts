import type { Class } from '../../declarations/class.js';
import { MAX_ERRORS } from '../../http/errors/max-errors.js';
import type { UnknownProperties } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { checkClass } from './check-class.js';
import type { CheckRun } from './check-run.js';
import { hydrateClass } from './hydrate-class.js';
import { createLinker } from './link-class.js';
import type { Hydration, LinkedClass, ValueFormat } from './linked-class.js';
import { loadFailures } from './rare/failures.lazy.js';
import type { Validated, Validator } from './validator.js';

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

/**
 * Links the plan at a position to its class: the validator. It checks nothing of the class, for its plan was checked.
 *
 * @throws StalePlan where the decorators of the class, or of one nested in it, have recorded something else
 */
export function linkValidator<T extends object>(
  dtos: readonly DtoPlan[],
  dto: number,
  type: Class<T>,
  options: LinkOptions,
): Validator<T> {
  const { source: format = 'json', unknownProperties = 'reject', maxDepth = 32, maxErrors = MAX_ERRORS } = options;
  const stopsAtFirst = options.stopAtFirstError === true;
  const isExact = options.mode === 'class-validator';
  const classes = new Map<object, LinkedClass>();
  const linked = createLinker(dtos, { format, checksTypes: !isExact }, classes).link(type, dto);
  const sortsNames = !isExact;
  const dropsEmpty = format !== 'json';
  return function validateInput(input) {
    const hydration: Hydration = {
      classes,
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
      isExact,
      maxErrors,
      stopsAtFirst,
      issues: [],
      failed: 0,
      open: 0,
      pending: undefined,
      rest: undefined,
    };
    return validate(linked, input, run) as ReturnType<Validator<T>>;
  };
}

const NOT_AN_OBJECT: Validated<never> = {
  issues: [{ path: '', message: 'must be an object', constraints: { type: 'must be an object' } }],
};

function validate(linked: LinkedClass, input: unknown, run: CheckRun): ReturnType<Validator<object>> {
  const value = hydrateClass(linked, input, run.hydration, 0);
  if (run.hydration.root === undefined) return NOT_AN_OBJECT;
  checkClass(linked, value as object, '', run);
  return run.pending === undefined
    ? outcomeOf(value as object, run)
    : loadFailures()
        .settle(run)
        .then(() => outcomeOf(value as object, run));
}

function outcomeOf(value: object, run: CheckRun): Validated<object> {
  return run.failed > 0 ? { issues: loadFailures().issuesOf(run) } : { value };
}
