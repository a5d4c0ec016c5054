import { type Class, nameOf } from '../../declarations/class.js';
import { isSchema } from '../../types/standard-schema.js';
import { textTypeOf } from '../../types/text-types.js';
import { declaredNamesOf } from '../validation/compile-validator.js';
import { createDtoBinder } from './dto-binder.js';
import type { NamedSource } from './named-source.js';
import { type Binder, bindNothing, type Parameter, unknownPropertiesOf } from './parameter.js';
import { applySchema } from './schema-binder.js';

/** Makes the binder of a parameter without a name: the whole path, query, headers or cookies. */
export function createWholeBinder(parameter: Parameter, source: NamedSource): Binder {
  const { readWhole, location } = source;
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
  const unknownProperties =
    source.hasForeignNames === true
      ? (record.options.unknownProperties ?? 'strip')
      : unknownPropertiesOf(parameter, 'strip');
  const bindDto = createDtoBinder(parameter, type as Class, { source: 'text', unknownProperties });
  if (bindDto === undefined) return bindNothing;
  const read = source.ignoresCase === true ? renaming(readWhole, type as Class) : readWhole;
  return function bindWhole(request) {
    return bindDto(read(request), location, '');
  };
}

/** Reads values whose names are in lower case, with the names that a class declares in any case. */
function renaming(readWhole: NamedSource['readWhole'], type: Class): NamedSource['readWhole'] {
  const declared = new Map(declaredNamesOf(type).map((name) => [name.toLowerCase(), name]));
  return (request) => {
    const values = readWhole(request);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [declared.get(name) ?? name, value]));
  };
}
