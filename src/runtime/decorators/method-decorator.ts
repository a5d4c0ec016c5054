import { assertParentheses, type DecoratorTarget, recordFor } from '../declarations/decorator-target.js';
import type { MethodRecord } from '../declarations/records/controller-record.js';

/** Makes a decorator of methods that records something. */
export function methodDecorator(
  decorator: string,
  first: unknown,
  write: (record: MethodRecord) => void,
): MethodDecorator {
  assertParentheses(decorator, first, `${decorator}(…)`);
  return (...target: DecoratorTarget) => {
    const place = recordFor('methods', decorator, target);
    if (place !== undefined) write(place.record);
  };
}

/** Makes a decorator of methods that records one value; a second one on a method is a startup mistake. */
export function valueDecorator<K extends 'httpCode' | 'contentType' | 'onNull' | 'onUndefined'>(
  decorator: string,
  key: K,
  value: NonNullable<MethodRecord[K]>,
): MethodDecorator {
  assertParentheses(decorator, value, `${decorator}(…)`);
  return (...target: DecoratorTarget) => {
    const place = recordFor('methods', decorator, target);
    if (place === undefined) return;
    const { record, complain } = place;
    if (Object.hasOwn(record, key))
      complain('repeated-decorator', 'it is there twice, and only one can apply. Remove one.');
    (record as Pick<MethodRecord, K>)[key] = value;
  };
}
