import type { BindingFailure } from './binding-failure.js';

/** What marks a failure, as `brand` does it: its class is in a file that only requests with failures load. */
const MARK = Symbol.for('twodoors.BindingFailure');

/** Whether a binder gave a failure in place of a value. */
export function isFailure(value: unknown): value is BindingFailure {
  return typeof value === 'object' && value !== null && (value as { readonly [MARK]?: unknown })[MARK] === true;
}
