import type { MethodRecord } from '../records/controller-record.js';
import type { ParamSource } from '../records/param-record.js';
import { addParam, PLAIN_PARAM } from './add-param.js';
import type { CallCarrier } from './decorator-call.js';
import { readParamArguments } from './param-arguments.js';

/** Carries out a decorator that binds a value by its name, or, without a name, all values of a source. */
export function ofNamedParam(source: ParamSource): CallCarrier<MethodRecord> {
  return {
    on: 'parameters',
    write(record, call) {
      addParam(record, call, { ...PLAIN_PARAM, source, ...readParamArguments(call.args) });
    },
  };
}
