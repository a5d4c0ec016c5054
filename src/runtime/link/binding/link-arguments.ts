import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import type { MethodPlace } from './argument-context.js';
import { loadBodyParser } from './body/body-parser.lazy.js';
import type { BodyParser } from './body/parsed-body.js';
import { loadLinkBinder } from './link-binder.lazy.js';
import type { LinkedArgument } from './linked-argument.js';
import { isScalarArgument } from './scalar-argument.js';

/** How the arguments of a route's method are made. */
export interface LinkedArguments {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (LinkedArgument | undefined)[];
  /** Those that convert a value of the path, which may fail: that is a 404, before the body is read. */
  readonly pathBinders: readonly LinkedArgument[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
  /** The most mistakes that a reply names. */
  readonly maxErrors: number;
}

/** Makes what binds the arguments of a route. @param records are read for functions that make an argument */
export function linkArguments(
  route: RoutePlan,
  method: MethodPlace,
  records: () => RouteRecords,
  dtos: () => readonly DtoPlan[],
  maxErrors: number,
): LinkedArguments {
  const binders: (LinkedArgument | undefined)[] = [];
  const pathBinders: LinkedArgument[] = [];
  let hasBody = false;
  const { args } = route;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === null) binders.push(undefined);
    else if (isScalarArgument(argument)) {
      binders.push(argument);
      if (argument.kind === 'path' && argument.type !== 'string') pathBinders.push(argument);
    } else {
      binders.push(
        argument.kind === 'request'
          ? records().method.params.find((param) => param.index === index)!.read!
          : loadLinkBinder().linkBinder(argument, { route, method, index, dtos, maxErrors }, pathBinders),
      );
      hasBody ||= argument.kind === 'body' || argument.kind === 'file' || argument.kind === 'files';
    }
  }
  const parseBody = hasBody ? loadBodyParser().bodyParserOf(route) : undefined;
  return { binders, pathBinders, parseBody, maxErrors };
}
