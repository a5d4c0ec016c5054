import type { Class } from '../../declarations/class.js';
import { rawBodyTypeOf } from '../../types/raw-body-type.js';
import { scalarTypeOf } from '../../types/scalar-type.js';
import { isSchema } from '../../types/standard-schema.js';
import type { BodyArgumentPlan, TypePlan } from '../app-plan.js';
import { type Parameter, type PlanArgument, rejectType } from './parameter.js';
import { planDtoType, planDtoUse } from './plan-dto-argument.js';

/** Plans the body, or one field of it. */
export const planBody: PlanArgument<BodyArgumentPlan> = (parameter) => {
  const { record, type } = parameter;
  const { name, options } = record;
  const { separator, trim } = options;
  const unknownProperties = options.unknownProperties ?? parameter.unknownProperties;
  return {
    kind: 'body',
    ...(name !== undefined && { name }),
    type: (name === undefined ? rawBodyTypeOf(type) : undefined) ?? planBodyType(parameter, type),
    ...(options.optional === true && { isOptional: true }),
    ...(separator !== undefined && separator !== '' && { separator }),
    ...(unknownProperties !== undefined && { unknownProperties }),
    ...planDtoUse(parameter),
    ...(trim === true && { isTrimmed: true }),
  };
};

function planBodyType(parameter: Parameter, type: unknown): TypePlan {
  if (type === Object && parameter.isExplicit) return 'any';
  if (isSchema(type)) return 'schema';
  if (Array.isArray(type) && type.length === 1) {
    return { list: planBodyType({ ...parameter, type: type[0], isExplicit: true }, type[0]) };
  }
  const scalar = scalarTypeOf(type);
  if (scalar !== undefined) return scalar;
  if (typeof type !== 'function' || type === Object || type === Array) {
    rejectType(parameter, 'CreateTodo');
    return 'any';
  }
  // A class without mistakes for JSON has none for forms.
  return planDtoType(parameter, type as Class, false);
}
