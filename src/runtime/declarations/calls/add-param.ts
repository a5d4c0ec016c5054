import type { MethodRecord } from '../records/controller-record.js';
import type { ParamRecord } from '../records/param-record.js';
import type { DecoratorCall } from './decorator-call.js';

/** What a decorator says of a parameter, wherever it stands. */
export type DecoratedParam = Omit<ParamRecord, 'decorator' | 'hasDefault' | 'index'>;

/** What most parameters are: they have no type of their own and no options, nor are they files. */
export const PLAIN_PARAM: Omit<DecoratedParam, 'source'> = {
  name: undefined,
  type: undefined,
  options: {},
  upload: undefined,
  read: undefined,
};

/** Adds what one parameter decorator says to the record of its method. */
export function addParam(record: MethodRecord, call: DecoratorCall, param: DecoratedParam): void {
  const { decorator, third, hasDefault } = call;
  record.params.push({ index: third as number, hasDefault, decorator, ...param });
}
