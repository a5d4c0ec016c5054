import type { NamedSource } from './named-source.js';
import { bindNothing, type PlanBinding } from './parameter.js';
import { createValueBinder } from './value-binder.js';
import { createWholeBinder } from './whole-binder.js';

/** Makes the plan of a decorator that binds one value by its name, or, without a name, the whole of a source. */
export function planNamed(source: NamedSource): PlanBinding {
  return (parameter) => {
    const { name, options, hasDefault } = parameter.record;
    if (name === undefined) return { bind: createWholeBinder(parameter, source) };
    const value = source.find(name, parameter);
    if (value === undefined) return { bind: bindNothing };
    const isOptional =
      parameter.isOptional ||
      value.isOptional === true ||
      (source.isOptionalByDefault === true && hasDefault && options.required !== true);
    return { bind: createValueBinder(parameter, { ...value, location: source.location, isOptional }) };
  };
}
