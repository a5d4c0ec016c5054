import { loadJsonText } from './json-text.lazy.js';

/**
 * Serialises a result as JSON. What JSON itself has no form for gets one: a `Set` is a list, a `Map` with string or number
 * keys an object, a bigint its digits in a string. All else is what `JSON.stringify` makes of it.
 *
 * @throws TypeError for a value that is lost in JSON (a promise, an iterator, a stream, an observable), naming its place,
 *   for a cycle, and for a value without JSON, such as a function
 */
export function toJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // A cycle, or a toJSON that throws, throws again; a bigint does not.
    if (!(error instanceof TypeError)) throw error;
    text = loadJsonText().stringifyAll(value);
  }
  // Everything that JSON loses becomes an empty object; most results have none, and are not looked at again.
  if (text?.includes('{}')) text = loadJsonText().stringifyAll(value);
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} cannot be sent as JSON.`);
  return text;
}
