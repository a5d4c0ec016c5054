import { type Class, nameOf } from '../../declarations/class.js';
import type { DtoPlan } from '../../plan/app-plan.js';
import { isSchema } from '../../types/standard-schema.js';
import { textTypeOf } from '../../types/text-types.js';
import { createPathCheck } from '../validation/path-check.js';
import { BindingFailure } from './binding-failure.js';
import { planDtoBinding } from './dto-binder.js';
import type { NamedSource } from './named-source.js';
import { type Binder, bindNothing, type Parameter, type ParameterBinding, unknownPropertiesOf } from './parameter.js';
import { applySchema } from './schema-binder.js';

/** Plans a parameter without a name: the whole path, query, headers or cookies. */
export function planWhole(parameter: Parameter, source: NamedSource): ParameterBinding {
  const { readWhole, location } = source;
  const { record, type } = parameter;
  if (isSchema(type)) return { bind: (request) => applySchema(type, readWhole(request), location, '') };
  if (type === undefined || type === Object) return { bind: readWhole };
  if (typeof type !== 'function' || type === Array || textTypeOf(type) !== undefined) {
    const name = Array.isArray(type) ? 'a list' : nameOf(type);
    parameter.mistakes.add(
      'name-missing',
      `without a name it binds all values, which cannot be converted to ${name}. Name the value: ${record.decorator}('name').`,
    );
    return { bind: bindNothing };
  }
  const unknownProperties =
    source.hasForeignNames === true
      ? (record.options.unknownProperties ?? 'strip')
      : unknownPropertiesOf(parameter, 'strip');
  const format = location === 'path' ? 'path' : 'text';
  const binding = planDtoBinding(parameter, type as Class, { source: format, unknownProperties });
  if (binding === undefined) return { bind: bindNothing };
  const { bindDto, plan } = binding;
  const read = source.ignoresCase === true ? renaming(readWhole, plan) : readWhole;
  const bindWhole: Binder = (request) => bindDto(read(request), location, '');
  return location === 'path' ? { bind: bindWhole, checkPath: pathBinder(plan, readWhole) } : { bind: bindWhole };
}

/** Makes the binder that fails where values of the path do not convert to the types of a DTO. */
function pathBinder(plan: DtoPlan, readWhole: NamedSource['readWhole']): Binder {
  const checkPath = createPathCheck(plan);
  return function convertPath(request) {
    const issues = checkPath(readWhole(request)).map((issue) => ({ in: 'path' as const, ...issue }));
    return issues.length > 0 ? new BindingFailure(issues, 404) : undefined;
  };
}

/** Reads values whose names are in lower case, with the names that a class declares in any case. */
function renaming(readWhole: NamedSource['readWhole'], { properties }: DtoPlan): NamedSource['readWhole'] {
  const declared = new Map(properties.map(({ name }) => [name.toLowerCase(), name]));
  return (request) => {
    const values = readWhole(request);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [declared.get(name) ?? name, value]));
  };
}
