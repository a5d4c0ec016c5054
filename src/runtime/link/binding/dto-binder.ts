import type { Class } from '../../declarations/class.js';
import type { BindingIssue } from '../../http/errors/http-error.js';
import type { BodyArgumentPlan, UnknownProperties } from '../../plan/app-plan.js';
import { type LinkedValidator, linkValidator, validate } from '../validation/link-validator.js';
import type { ValueFormat } from '../validation/linked-class.js';
import { type ArgumentContext, typeInHole } from './argument-context.js';
import { loadDtoFailure } from './rare/dto-failure.lazy.js';

/**
 * Links the DTO of an argument.
 *
 * @param dto its position
 * @param byDefault what becomes of properties that the class does not declare, where the argument does not say it
 * @throws StalePlan where the decorators of the class have recorded something else than what was planned
 */
export function linkDto(
  dto: number,
  context: ArgumentContext,
  source: ValueFormat,
  { unknownProperties, stopAtFirstError }: Pick<BodyArgumentPlan, 'unknownProperties' | 'stopAtFirstError'>,
  byDefault: UnknownProperties,
): LinkedValidator {
  return linkValidator(context.dtos(), dto, typeInHole(context) as Class, {
    source,
    unknownProperties: unknownProperties ?? byDefault,
    stopAtFirstError,
    maxErrors: context.maxErrors,
  });
}

/** Makes an instance of a value, or a failure with all issues, below `path`. */
export function bindDto(
  validator: LinkedValidator,
  value: unknown,
  location: BindingIssue['in'],
  path: string,
): unknown {
  const outcome = validate(validator, value);
  return 'value' in outcome ? outcome.value : loadDtoFailure().argumentOrFailure(outcome, location, path);
}
