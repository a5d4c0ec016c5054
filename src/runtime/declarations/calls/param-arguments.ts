import type { ParamOptions, ParamRecord } from '../records/param-record.js';

const NO_OPTIONS: ParamOptions = {};

/** Reads what a decorator of a named value has got: `(name?, type?, options?)`. */
export function readParamArguments(args: readonly unknown[]): Pick<ParamRecord, 'name' | 'type' | 'options'> {
  const hasName = typeof args[0] === 'string';
  const [second, third] = hasName ? args.slice(1) : args;
  let name = hasName ? (args[0] as string) : undefined;
  let type = second;
  let options = NO_OPTIONS;
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
  return { name, type, options };
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
