import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import { isScalarArgument } from '../../plan/arguments/scalar-argument.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import type { MethodPlace } from './argument-context.js';
import { linkBinder } from './link-binder.js';
import type { LinkedArgument } from './linked-argument.js';

/** How the arguments of a method are made. */
export interface LinkedArguments {
  /** By position; null for a parameter without a decorator. */
  readonly binders: readonly (LinkedArgument | null)[];
  /** Those that convert a value of the path, which may fail: that is a 404, before the body is read. */
  readonly pathBinders: readonly LinkedArgument[];
}

/** Makes what binds the arguments of a method of which some are more than scalars. */
export function linkArguments(
  route: RoutePlan,
  method: MethodPlace,
  records: () => RouteRecords,
  dtos: () => readonly DtoPlan[],
  maxErrors: number,
): LinkedArguments {
  const pathBinders: LinkedArgument[] = [];
  const binders = route.args.map((argument, index): LinkedArgument | null => {
    if (argument === null) return null;
    if (isScalarArgument(argument)) {
      if (argument.kind === 'path' && argument.type !== 'string') pathBinders.push(argument);
      return argument;
    }
    if (argument.kind === 'request') return records().method.params.find((param) => param.index === index)!.read!;
    return linkBinder(argument, { route, method, index, dtos, maxErrors }, pathBinders);
  });
  return { binders, pathBinders };
}
