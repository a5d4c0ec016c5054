import type { Class } from '../../declarations/class.js';
import type { BindingIssue } from '../../http/errors/http-error.js';
import { type LinkOptions, linkValidator } from '../validation/link-validator.js';
import type { Validated } from '../validation/validator.js';
import { type ArgumentContext, typeInHole } from './argument-context.js';
import { BindingFailure } from './binding-failure.js';
import { joinIssuePath } from './schema-binder.js';

/** Makes an instance of a DTO of a value, or a failure with all issues, below `path`. */
export type DtoBinder = (value: unknown, location: BindingIssue['in'], path: string) => unknown;

/**
 * Makes the binder of a DTO.
 *
 * @param dto its position
 * @throws StalePlan where the decorators of the class have recorded something else than what was planned
 */
export function createDtoBinder(
  dto: number,
  context: ArgumentContext,
  options: Pick<LinkOptions, 'source' | 'unknownProperties' | 'stopAtFirstError'>,
): DtoBinder {
  const { maxErrors } = context;
  const validator = linkValidator(context.dtos(), dto, typeInHole(context) as Class, { ...options, maxErrors });
  return function bindDto(value, location, path) {
    const outcome = validator(value);
    return outcome instanceof Promise
      ? outcome.then((settled) => toArgument(settled, location, path))
      : toArgument(outcome, location, path);
  };
}

function toArgument(outcome: Validated<object>, location: BindingIssue['in'], path: string): unknown {
  if ('value' in outcome) return outcome.value;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ in: location, ...issue, path: joinIssuePath(path, issue.path) })),
  );
}
