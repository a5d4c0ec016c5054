// Any letter of a key can be written as an escape, which begins with \u00.
const SUSPICIOUS = /__proto__|constructor|\\u00/;

/** Whether JSON text can have a key that must not reach a prototype. A cheap test: `false` is certain, `true` is not. */
export function mayPollute(text: string): boolean {
  return SUSPICIOUS.test(text);
}

/** Drops `__proto__`, and `constructor` where it holds a `prototype`, at every depth. */
export function dropPrototypeKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (const item of value) dropPrototypeKeys(item);
    return value;
  }
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    if (isPrototypeKey(record, key)) delete record[key];
    else dropPrototypeKeys(record[key]);
  }
  return value;
}

/** Whether an own key of a parsed object must not reach a prototype. */
export function isPrototypeKey(record: Record<string, unknown>, key: string): boolean {
  if (key === '__proto__') return true;
  if (key !== 'constructor') return false;
  const held = record[key];
  return typeof held === 'object' && held !== null && Object.hasOwn(held, 'prototype');
}
