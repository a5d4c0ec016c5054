import { nameOf } from '../declarations/class.js';

/** @throws TypeError where a decorator of properties stands on anything but a property of instances */
export function assertProperty(
  decorator: string,
  target: object,
  name: string | symbol | undefined,
  third: unknown,
): asserts name is string | symbol {
  const isMember = typeof target === 'object' && name !== undefined;
  const isMethod =
    typeof third === 'object' && third !== null && typeof (third as { value?: unknown }).value === 'function';
  if (isMember && !isMethod && typeof third !== 'number') return;
  const type = typeof target === 'function' ? target : target.constructor;
  const place = name === undefined ? nameOf(type) : `${nameOf(type)}.${String(name)}`;
  throw new TypeError(`${decorator} on ${place}: it is a decorator for properties of a DTO. Put it on a property.`);
}
