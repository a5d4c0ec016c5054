import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { ArgumentPlan, NamedArgumentPlan, RoutePlan, TypePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import type { ScalarType } from '../../types/scalar-type.js';
import { pathTypeFor, textTypeFor } from '../../types/text-types.js';
import type { ArgumentContext } from './argument-context.js';
import type { Binder } from './binder.js';
import { loadBodyBinding } from './body-binding.lazy.js';
import type { BodyParser } from './body-parser.js';
import { loadCompositeBinders } from './composite-binders.lazy.js';
import { namedValueOf } from './named-source.js';
import { createScalarBinder } from './value-binder.js';

/** How the arguments of a route's method are made. */
export interface LinkedArguments {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (Binder | undefined)[];
  /** Those that convert a value of the path, which may fail: that is a 404, before the body is read. */
  readonly pathBinders: readonly Binder[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
  /** The most mistakes that a reply names. */
  readonly maxErrors: number;
}

/** Makes the binders of a route. */
export function linkArguments(
  route: RoutePlan,
  { method, types }: RouteRecords,
  dtos: () => readonly DtoPlan[],
  maxErrors: number,
): LinkedArguments {
  const binders: (Binder | undefined)[] = [];
  const pathBinders: Binder[] = [];
  let hasBody = false;
  for (const argument of route.args) {
    const index = binders.length;
    if (argument === null) {
      binders.push(undefined);
      continue;
    }
    const record = method.params.find((param) => param.index === index)!;
    const bind = linkArgument(argument, { route, record, emittedType: types?.[index], dtos, maxErrors });
    binders.push(bind);
    if (argument.kind === 'path') addPathBinders(argument, bind, dtos, pathBinders);
    else if (argument.kind === 'body' || argument.kind === 'file' || argument.kind === 'files') hasBody = true;
  }
  const parseBody = hasBody ? loadBodyBinding().bodyParserOf(route) : undefined;
  return { binders, pathBinders, parseBody, maxErrors };
}

function linkArgument(argument: ArgumentPlan, context: ArgumentContext): Binder {
  switch (argument.kind) {
    case 'body':
      return loadBodyBinding().createBodyBinder(argument, context);
    case 'file':
    case 'files':
      return loadBodyBinding().createUploadBinder(argument);
    case 'request':
      return context.record.read!;
    default:
      return linkNamed(argument, context);
  }
}

function linkNamed(argument: NamedArgumentPlan, context: ArgumentContext): Binder {
  const { kind, name, type } = argument;
  if (name === undefined || !isScalar(type)) return loadCompositeBinders().createCompositeBinder(argument, context);
  const textType = kind === 'path' ? pathTypeFor(type) : textTypeFor(type);
  return createScalarBinder(textType, namedValueOf(argument, context.route));
}

function isScalar(type: TypePlan): type is ScalarType {
  return typeof type === 'object' ? 'choice' in type : type !== 'schema' && type !== 'any';
}

/** Adds what converts values of the path, which can fail; what a schema or a validator refuses is an issue of its own. */
function addPathBinders(
  { name, type }: NamedArgumentPlan,
  bind: Binder,
  dtos: () => readonly DtoPlan[],
  pathBinders: Binder[],
): void {
  if (name === undefined) {
    if (typeof type === 'object' && 'dto' in type) {
      pathBinders.push(loadCompositeBinders().createPathCheckBinder(dtos()[type.dto]!));
    }
    return;
  }
  const item = typeof type === 'object' && 'list' in type ? type.list : type;
  if (item !== 'string' && item !== 'schema') pathBinders.push(bind);
}
