import { type Class, nameOf } from '../../declarations/class.js';
import { isSchema } from '../../types/standard-schema.js';
import { textTypeOf } from '../../types/text-types.js';
import { createDtoBinder } from './dto-binder.js';
import type { NamedSource } from './named-source.js';
import { type Binder, bindNothing, type Parameter } from './parameter.js';
import { applySchema } from './schema-binder.js';

/** Makes the binder of a parameter without a name: the whole path, query, headers or cookies. */
export function createWholeBinder(parameter: Parameter, { readWhole, location, ...source }: NamedSource): Binder {
  const { record, type } = parameter;
  if (isSchema(type)) return (request) => applySchema(type, readWhole(request), location, '');
  if (type === undefined || type === Object) return readWhole;
  if (typeof type !== 'function' || type === Array || textTypeOf(type) !== undefined) {
    const name = Array.isArray(type) ? 'a list' : nameOf(type);
    parameter.mistakes.add(
      'name-missing',
      `without a name it binds all values, which cannot be converted to ${name}. Name the value: ${record.decorator}('name').`,
    );
    return bindNothing;
  }
  const unknownProperties = source.unknownProperties ?? parameter.unknownProperties;
  const bindDto = createDtoBinder(parameter, type as Class, { source: 'text', unknownProperties });
  if (bindDto === undefined) return bindNothing;
  return function bindWhole(request) {
    return bindDto(readWhole(request), location, '');
  };
}
