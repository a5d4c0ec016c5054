import type { MethodRecord } from '../records/controller-record.js';
import type { ParamOptions, ParamSource } from '../records/param-record.js';
import { addParam, type DecoratedParam, PLAIN_PARAM } from './add-param.js';
import type { CallCarrier, DecoratorCall } from './decorator-call.js';

/** Carries out a decorator that binds a value by its name, or, without a name, all values of a source. */
export function ofNamedParam(source: ParamSource): CallCarrier<MethodRecord> {
  return {
    on: 'parameters',
    write(record, call: DecoratorCall) {
      const [first, second, third] = call.args;
      const param =
        typeof first === 'string'
          ? readArguments(source, first, second, third)
          : readArguments(source, undefined, first, second);
      addParam(record, call, param);
    },
  };
}

/** Reads the arguments `(name?, type?, options?)`. */
function readArguments(source: ParamSource, name: string | undefined, second: unknown, third: unknown): DecoratedParam {
  let type = second;
  let { options } = PLAIN_PARAM;
  if (isOptions(second)) {
    type = undefined;
    options = second;
  } else if (isOptions(third)) {
    options = third;
  }
  if (name?.endsWith('?')) {
    name = name.slice(0, -1);
    options = { ...options, optional: options.optional ?? true };
  }
  return { ...PLAIN_PARAM, source, name, type, options };
}

/** Whether these are options rather than a type: the members of an enum are strings or numbers, options are not. */
function isOptions(value: unknown): value is ParamOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const [name, option] of Object.entries(value)) if (!isOption(name, option)) return false;
  return true;
}

/** Whether an option may have this value. */
function isOption(name: string, value: unknown): boolean {
  switch (name as keyof ParamOptions) {
    case 'optional':
    case 'required':
    case 'skipMissingProperties':
    case 'stopAtFirstError':
    case 'trim':
      return value === undefined || typeof value === 'boolean';
    case 'groups':
      return value === undefined || Array.isArray(value);
    case 'unknownProperties':
      return value === undefined || value === 'reject' || value === 'strip' || value === 'keep';
    case 'separator':
      return value === undefined || typeof value === 'string';
    default:
      return false;
  }
}
