import type { MethodRecord } from '../declarations/records/controller-record.js';
import type { ParamRecord } from '../declarations/records/param-record.js';
import { parameterRecordFor } from '../declarations/records/target-record.js';

/** What a decorator says of a parameter, wherever it stands. */
export type DecoratedParam = Omit<ParamRecord, 'hasDefault' | 'index'>;

/** Records one parameter, and gives the record of its method; undefined where the decorator is misplaced. The function's length is read now: a decorator that wraps the method would hide it later. */
export function recordParam(
  target: object,
  method: string | symbol | undefined,
  position: unknown,
  { decorator, source, name, type, options, upload, read }: DecoratedParam,
): MethodRecord | undefined {
  const record = parameterRecordFor(decorator, target, method, position);
  if (record === undefined) return undefined;
  const index = position as number;
  const decorated = Object.getOwnPropertyDescriptor(target, method!)?.value as unknown;
  const hasDefault = typeof decorated === 'function' && index >= decorated.length;
  record.params.push({ index, hasDefault, decorator, source, name, type, options, upload, read });
  return record;
}
