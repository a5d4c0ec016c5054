import type { TextType } from '../../types/text-types.js';
import { INVALID } from '../../types/text-types.js';
import type { Binder } from './binder.js';
import { BindingFailure } from './binding-failure.js';
import type { NamedValue } from './named-source.js';

/** Makes the binder of one value of a scalar type. */
export function createScalarBinder({ convert, expected }: TextType, named: NamedValue): Binder {
  const { readFirst, location, name, isOptional } = named;
  return function bindScalar(request) {
    const text = readFirst(request);
    if (text === undefined) return isOptional ? undefined : missingValue(named);
    const value = convert(text);
    if (value !== INVALID) return value;
    // A blank input of a search form.
    if (text === '' && isOptional) return undefined;
    return new BindingFailure(
      [{ in: location, path: name, message: `${name} must be ${expected}` }],
      location === 'path' ? 404 : 400,
    );
  };
}

/** The failure of a value that is missing. */
export function missingValue({ location, name }: NamedValue): BindingFailure {
  return BindingFailure.of(location, name, `${name} is required`);
}
