import { assertParentheses } from '../declarations/parentheses.js';
import type { MethodRecord } from '../declarations/records/controller-record.js';
import { loadMisplacedDecorator } from '../declarations/records/misplaced-decorator.lazy.js';
import { methodRecordFor } from '../declarations/records/target-record.js';

/** Makes a decorator of methods that records something. */
export function methodDecorator(
  decorator: string,
  first: unknown,
  write: (record: MethodRecord) => void,
): MethodDecorator {
  assertParentheses(decorator, first);
  return (target: object, name?: string | symbol, third?: unknown) => {
    const record = methodRecordFor(decorator, target, name, third);
    if (record !== undefined) write(record);
  };
}

/** Makes a decorator of methods that records one value; a second one on a method is a startup mistake. */
export function valueDecorator<K extends 'httpCode' | 'contentType' | 'onNull' | 'onUndefined'>(
  decorator: string,
  key: K,
  value: NonNullable<MethodRecord[K]>,
): MethodDecorator {
  assertParentheses(decorator, value);
  return (target: object, name?: string | symbol, third?: unknown) => {
    const record = methodRecordFor(decorator, target, name, third);
    if (record === undefined) return;
    if (Object.hasOwn(record, key)) loadMisplacedDecorator().addRepeatedValue(decorator, [target, name]);
    (record as Pick<MethodRecord, K>)[key] = value;
  };
}
