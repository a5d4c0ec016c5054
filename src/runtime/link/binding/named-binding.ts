import { isSchema } from '../../types/standard-schema.js';
import type { NamedSource } from './named-source.js';
import { bindNothing, type PlanBinding } from './parameter.js';
import { createValueBinder } from './value-binder.js';
import { planWhole } from './whole-binder.js';

/** Makes the plan of a decorator that binds one value by its name, or, without a name, the whole of a source. */
export function planNamed(source: NamedSource): PlanBinding {
  return (parameter) => {
    const { name, options, hasDefault } = parameter.record;
    if (name === undefined) return planWhole(parameter, source);
    const value = source.find(name, parameter);
    if (value === undefined) return { bind: bindNothing };
    const isOptional =
      parameter.isOptional ||
      value.isOptional === true ||
      (source.isOptionalByDefault === true && hasDefault && options.required !== true);
    const bind = createValueBinder(parameter, { ...value, location: source.location, isOptional });
    return source.location === 'path' && canFail(parameter.type) ? { bind, checkPath: bind } : { bind };
  };
}

/** Whether a conversion to this type can fail; what a schema refuses is an issue of its own. */
function canFail(type: unknown): boolean {
  const single: unknown = Array.isArray(type) ? type[0] : type;
  return single !== String && !isSchema(single);
}
