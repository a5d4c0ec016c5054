import { closestMatch } from 'leven';
import { CONFIG_SHAPE } from './config-shape.js';
import { isObject, type ListKind, type NamedKind, type ObjectKind, type Shape, type ValueKind } from './value-kinds.js';

/** Finds every mistake in a config, one message each. */
export function findConfigMistakes(config: unknown): string[] {
  return isObject(config)
    ? checkObject(config, { of: CONFIG_SHAPE }, '')
    : [`The default export is ${shown(config)}; export an object.`];
}

/** @param path what the names of its options begin with: `lambda.` */
function checkObject(
  object: Readonly<Record<string, unknown>>,
  { of: shape, required = [] }: ObjectKind,
  path: string,
) {
  const missing = required.filter((key) => object[key] === undefined);
  return [
    ...missing.map((key) => `"${path}${key}" is missing${expectation(shape[key])}.`),
    ...Object.entries(object).flatMap(([key, value]) => {
      const kind = Object.hasOwn(shape, key) ? shape[key]! : undefined;
      if (kind === undefined) return [unknownOption(`${path}${key}`, key, shape, path)];
      return value === undefined ? [] : checkValue(value, kind, `${path}${key}`);
    }),
  ];
}

function checkValue(value: unknown, kind: Shape[string], name: string): string[] {
  if ('accepts' in kind) return kind.accepts(value) ? [] : [wrongValue(name, value, kind.expected)];
  if ('list' in kind) return checkList(value, kind, name);
  if ('named' in kind) return checkNamed(value, kind, name);
  if (kind.or?.accepts(value) === true) return [];
  const expected = kind.or === undefined ? 'an object' : `${kind.or.expected}, or an object`;
  return isObject(value) ? checkObject(value, kind, `${name}.`) : [wrongValue(name, value, expected)];
}

function checkList(value: unknown, { list }: ListKind, name: string): string[] {
  if (!Array.isArray(value)) return [wrongValue(name, value, 'an array of objects')];
  return value.flatMap((item, index) => checkValue(item, list, `${name}[${index}]`));
}

function checkNamed(value: unknown, { named, name: nameKind }: NamedKind, name: string): string[] {
  if (!isObject(value)) return [wrongValue(name, value, 'an object of objects')];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(nameKind.accepts(key)
      ? []
      : [`"${name}" has the name ${JSON.stringify(key)}, but a name must be ${nameKind.expected}.`]),
    ...checkValue(item, named, `${name}.${key}`),
  ]);
}

function wrongValue(name: string, value: unknown, expected: string): string {
  return `"${name}" is ${shown(value)}, but must be ${expected}.`;
}

function expectation(kind: Shape[string] | undefined): string {
  return kind !== undefined && 'expected' in kind ? `; it must be ${(kind as ValueKind).expected}` : '';
}

/** Suggests the option that was probably meant: one of the same name in another place, or of a similar name. */
function unknownOption(name: string, key: string, shape: Shape, path: string): string {
  const here = Object.keys(shape);
  const similar = closestMatch(key, here, { maxDistance: Math.ceil(key.length / 3) });
  const meant = placesOf(key, CONFIG_SHAPE, '')[0] ?? (similar === undefined ? undefined : `${path}${similar}`);
  return meant === undefined
    ? `"${name}" is not an option. The options are ${here.map((known) => `"${path}${known}"`).join(', ')}.`
    : `"${name}" is not an option. Did you mean "${meant}"?`;
}

function placesOf(key: string, shape: Shape, path: string): string[] {
  return Object.entries(shape).flatMap(([known, kind]) => [
    ...(known === key ? [`${path}${known}`] : []),
    ...('of' in kind ? placesOf(key, kind.of, `${path}${known}.`) : []),
  ]);
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    const written = JSON.stringify(value) ?? String(value);
    return written.length > 200 ? `${written.slice(0, 200)}…` : written;
  } catch {
    return typeof value === 'bigint' ? `${value}n` : String(value);
  }
}
