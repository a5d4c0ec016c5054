import { loadUnusualResult } from './unusual-result.lazy.js';

/**
 * Writes a value that is sent inside of something else, such as a view, by the rules for the results of handlers: a `Set` is
 * a list, a `Map` an object, a bigint its digits.
 *
 * @param subject how errors call the value, such as `The data of an event`
 * @throws TypeError for a value that JSON would lose, naming its place, for a cycle, and for a value without JSON
 */
export function jsonOf(value: unknown, subject: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // The closer look throws again, or knows better.
  }
  // Where JSON lost something (it threw, or wrote the empty object that a Map becomes) we look closer.
  return text === undefined || text.includes('{}') ? loadUnusualResult().stringifyAll(value, subject) : text;
}
