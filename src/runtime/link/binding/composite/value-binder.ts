import { INVALID, type TextType } from '../../../types/text-types.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import type { NamedValue } from './named-source.js';

/** Makes the binder of one value of a scalar type. */
export function createScalarBinder(textType: TextType, named: NamedValue): Binder {
  const { readFirst, isOptional } = named;
  return function bindValue(request) {
    const text = readFirst(request);
    if (text === undefined) return isOptional ? undefined : missingValue(named);
    return convertText(textType, text, named);
  };
}

/** Converts the text of one value, or gives a failure. */
export function convertText(
  { convert, expected }: TextType,
  text: string,
  { location, name, isOptional }: Omit<NamedValue, 'readFirst'>,
): unknown {
  const value = convert(text);
  if (value !== INVALID) return value;
  // A blank input of a search form.
  if (text === '' && isOptional) return undefined;
  return new BindingFailure(
    [{ in: location, path: name, message: `${name} must be ${expected}` }],
    location === 'path' ? 404 : 400,
  );
}

/** The failure of a value that is missing. */
export function missingValue({ location, name }: Pick<NamedValue, 'location' | 'name'>): BindingFailure {
  return BindingFailure.of(location, name, `${name} is required`);
}
