import { partsOfName } from '../body/form-names.js';

/** The parts of a field's name in any spelling: `items[0].qty`, `items[0][qty]` and `items.0.qty` have the same. */
export function fieldPartsOf(name: string): string[] {
  const parts = partsOfName(name);
  // `tags[]` is the list itself.
  return parts.length > 1 && parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** The name of a field in the one spelling that mistakes have: `items[0].qty`, `address.city`. */
export function fieldPathOf(name: string): string {
  const [first = '', ...rest] = fieldPartsOf(name);
  return first + rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
}

/** Whether no page may show what was typed into a field of this name: any part of it contains "password". */
export function isPasswordName(name: string): boolean {
  return /password/i.test(name);
}
