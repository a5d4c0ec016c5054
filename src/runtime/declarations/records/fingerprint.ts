/**
 * A number of 53 bits for what decorators have recorded, or for any other value: equal values have equal numbers. What JSON
 * cannot carry counts by its kind: a function as a function, whichever it is.
 */
export function fingerprint(value: unknown): number {
  const text = textOf(value);
  // Two independent 32-bit hashes (cyrb53, in the public domain).
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      // Such as Number: a type that has another meaning under another name.
      return (globalThis as Record<string, unknown>)[value.name] === value ? value.name : 'function';
    case 'object':
      return value === null ? 'null' : textOfObject(value);
    default:
      return String(value);
  }
}

function textOfObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (value instanceof RegExp || value instanceof Date) return String(value);
  // The values of a `oneOf`; the members of other objects are their own affair.
  const { values } = value as { readonly values?: unknown };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return Array.isArray(values) ? textOf(values) : 'object';
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}:${textOf(member)}`)
    .join()}}`;
}
