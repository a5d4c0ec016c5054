import { readParamArguments } from '../../../declarations/calls/param-arguments.js';
import { resolveType } from '../../../types/lazy.js';

/** The type that a parameter's decorator has got by one of its arguments, else what the compiler has emitted. */
export function givenTypeOf(args: readonly unknown[], emitted: unknown): unknown {
  let type = resolveType(readParamArguments(args).type ?? emitted);
  while (Array.isArray(type)) type = type[0];
  return type;
}
