import type { Class } from '../../declarations/class.js';
import type { ValueFormat } from '../../link/validation/class-plan.js';
import { planValidator } from '../../link/validation/compile-validator.js';
import type { TypePlan } from '../app-plan.js';
import type { Parameter } from './parameter.js';

/** Plans the DTO of a parameter; adds what is wrong with it. */
export function planDtoType({ record, mistakes }: Parameter, type: Class, source: ValueFormat): TypePlan {
  const { groups } = record.options;
  planValidator(type, { source, ...(groups && { groups }) }, mistakes);
  return { dto: 0 };
}
