/** Whether `await` waits for a value: an object or a function with a method `then` (ECMA-262 §27.2.1.3.2). */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return typeof (value as { then?: unknown }).then === 'function';
}
