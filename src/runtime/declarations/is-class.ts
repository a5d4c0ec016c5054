/** Whether a function is a class: its `prototype` cannot be replaced. Middleware and types of other kinds are not. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
