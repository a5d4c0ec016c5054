/** A class, whatever its constructor takes. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** A class's name for messages. */
export function nameOf(type: unknown): string {
  return typeof type === 'function' && type.name !== '' ? type.name : '(anonymous class)';
}
