import type { Class } from '../../declarations/class.js';
import type { NamedArgumentPlan, TypePlan } from '../app-plan.js';
import { planDto } from '../dto/plan-dto.js';
import type { Parameter } from './parameter.js';

/** Plans the DTO of a parameter. @param isText whether its values are text, and are converted */
export function planDtoType(parameter: Parameter, type: Class, isText: boolean): TypePlan {
  const { record, dtos, mistakes } = parameter;
  const { groups, skipMissingProperties = parameter.skipMissingProperties } = record.options;
  const use = { ...(groups && { groups }), skipMissingProperties, isText, checksTypes: true };
  const dto = planDto(type, use, dtos, mistakes);
  return dto === undefined ? 'any' : { dto };
}

/** What a parameter's plan says of its DTO beside the type. */
export function planDtoUse({ record, stopAtFirstError }: Parameter): Pick<NamedArgumentPlan, 'stopAtFirstError'> {
  return (record.options.stopAtFirstError ?? stopAtFirstError) === true ? { stopAtFirstError: true } : {};
}
