import { closestMatch } from 'leven';
import { CONFIG_SHAPE, isObject, type Shape } from './config-shape.js';

/** Finds every mistake in a config, one message each. */
export function findConfigMistakes(config: unknown): string[] {
  return isObject(config)
    ? checkObject(config, CONFIG_SHAPE, '')
    : [`The default export is ${shown(config)}; export an object.`];
}

function checkObject(object: Readonly<Record<string, unknown>>, shape: Shape, path: string): string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = `${path}${key}`;
    const kind = Object.hasOwn(shape, key) ? shape[key]! : undefined;
    if (kind === undefined) return [unknownOption(name, key, shape, path)];
    if (value === undefined) return [];
    if ('accepts' in kind) {
      return kind.accepts(value) ? [] : [`"${name}" is ${shown(value)}, but must be ${kind.expected}.`];
    }
    return isObject(value)
      ? checkObject(value, kind.of, `${name}.`)
      : [`"${name}" is ${shown(value)}, but must be an object.`];
  });
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
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
}
