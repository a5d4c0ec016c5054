/**
 * What JSON gives back as it was, for types: each part that JSON would change is `never`, so that a `Date` in a session is
 * a red line in the editor.
 */
export type Storable<T> = 0 extends 1 & T
  ? T
  : unknown extends T
    ? T
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends Changed
        ? never
        : { [K in keyof T]: Storable<T[K]> };

/** What JSON leaves out, refuses, or makes another value of. */
type Changed =
  | bigint
  | symbol
  | ((...args: never) => unknown)
  | Date
  | RegExp
  | Uint8Array
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>;

/**
 * The JSON text of a value, where JSON gives the same value back; members that are `undefined` are left out.
 *
 * @param name what the value is called, for the error
 * @throws TypeError that names the place of a value which JSON would change, such as a `Date`
 */
export function jsonTextOf(value: unknown, name: string): string {
  assertJson(value, name, []);
  return JSON.stringify(value);
}

/** @param ancestors the objects that hold this one */
function assertJson(value: unknown, place: string, ancestors: readonly object[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw changed(place, describe(value));
  if (ancestors.includes(value))
    throw new TypeError(`${place} holds itself, which JSON cannot write. Store a part of it.`);
  const inside = [...ancestors, value];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertJson(value[i], `${place}[${i}]`, inside);
    return;
  }
  if (!isPlain(value)) throw changed(place, `a ${value.constructor?.name || 'value of a class'}`);
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) assertJson(member, memberOf(place, key), inside);
  }
}

/** Whether an object has nothing but its own members: an object literal, or a class without methods, such as a DTO. */
function isPlain(value: object): boolean {
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return false;
  let type: object | null = Object.getPrototypeOf(value);
  for (; type !== null && !isRoot(type); type = Object.getPrototypeOf(type)) {
    if (Object.getOwnPropertyNames(type).some((key) => key !== 'constructor')) return false;
  }
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether this is the prototype of object literals, also of another realm. */
function isRoot(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty');
}

function memberOf(place: string, key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${place}.${key}` : `${place}[${JSON.stringify(key)}]`;
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

function changed(place: string, what: string): TypeError {
  return new TypeError(
    `${place} is ${what}, which JSON would change. Store strings, finite numbers, booleans, null, and lists and plain objects of these; for a Date, its toISOString().`,
  );
}
