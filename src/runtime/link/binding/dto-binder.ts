import type { Class } from '../../declarations/class.js';
import type { BindingIssue } from '../../http/errors/http-error.js';
import type { DtoPlan } from '../../plan/app-plan.js';
import { planForValidator, type SourcedOptions } from '../validation/compile-validator.js';
import { linkValidator } from '../validation/link-validator.js';
import type { Validated } from '../validation/validator.js';
import { BindingFailure } from './binding-failure.js';
import type { Parameter } from './parameter.js';
import { joinIssuePath } from './schema-binder.js';

/** Makes an instance of a DTO of a value, or a failure with all issues, below `path`. */
export type DtoBinder = (value: unknown, location: BindingIssue['in'], path: string) => unknown;

/** A DTO for a parameter. */
interface DtoBinding {
  readonly bindDto: DtoBinder;
  readonly plan: DtoPlan;
}

/** Plans a DTO for a parameter, and links it; undefined where the class has mistakes. */
export function createDtoBinder(parameter: Parameter, type: Class, options: SourcedOptions): DtoBinder | undefined {
  return planDtoBinding(parameter, type, options)?.bindDto;
}

/** As {@link createDtoBinder}, with the plan. */
export function planDtoBinding(parameter: Parameter, type: Class, options: SourcedOptions): DtoBinding | undefined {
  const { record, maxErrors, mistakes } = parameter;
  const { groups } = record.options;
  const ofParameter = { ...(groups && { groups }), ...(maxErrors !== undefined && { maxErrors }) };
  const ofDto = { ...options, ...ofParameter };
  const planned = planForValidator(type, ofDto, mistakes);
  if (planned === undefined) return undefined;
  const validator = linkValidator(planned.dtos, planned.dto, type, ofDto);
  function bindDto(value: unknown, location: BindingIssue['in'], path: string): unknown {
    const outcome = validator(value);
    return outcome instanceof Promise
      ? outcome.then((settled) => toArgument(settled, location, path))
      : toArgument(outcome, location, path);
  }
  return { bindDto, plan: planned.dtos[planned.dto]! };
}

function toArgument(outcome: Validated<object>, location: BindingIssue['in'], path: string): unknown {
  if ('value' in outcome) return outcome.value;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ in: location, ...issue, path: joinIssuePath(path, issue.path) })),
  );
}
