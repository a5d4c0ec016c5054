/** A class, whatever its constructor takes. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** A class's name for messages. */
export function nameOf(type: unknown): string {
  return typeof type === 'function' && type.name !== '' ? type.name : '(anonymous class)';
}

/** Whether a function is a class: its `prototype` cannot be replaced. Middleware and types of other kinds are not. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
