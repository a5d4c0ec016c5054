import type { Class } from '../../declarations/class.js';
import type { TypePlan } from '../app-plan.js';
import { planDto } from '../dto/plan-dto.js';
import type { Parameter } from './parameter.js';

/** Plans the DTO of a parameter. @param isText whether its values are text, and are converted */
export function planDtoType({ record, dtos, mistakes }: Parameter, type: Class, isText: boolean): TypePlan {
  const { groups } = record.options;
  const dto = planDto(type, { ...(groups && { groups }), isText, checksTypes: true }, dtos, mistakes);
  return dto === undefined ? 'any' : { dto };
}
