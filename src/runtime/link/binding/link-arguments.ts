import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { ArgumentPlan, DtoPlan, NamedArgumentPlan, RoutePlan, TypePlan } from '../../plan/app-plan.js';
import type { ScalarType } from '../../types/scalar-type.js';
import { pathTypeFor, textTypeFor } from '../../types/text-types.js';
import type { ArgumentContext } from './argument-context.js';
import type { Binder } from './binder.js';
import { loadBodyBinding } from './body-binding.lazy.js';
import type { BodyKind, BodyParser } from './body-parser.js';
import { loadCompositeBinders } from './composite-binders.lazy.js';
import { namedValueOf, wholeReaderOf } from './named-source.js';
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
  const pathBinders: Binder[] = [];
  const binders = route.args.map((argument, i) => {
    if (argument === null) return undefined;
    const record = method.params.find(({ index }) => index === i)!;
    const bind = linkArgument(argument, { route, record, emittedType: types?.[i], dtos, maxErrors });
    if (argument.kind === 'path') pathBinders.push(...pathBindersOf(argument, bind, dtos));
    return bind;
  });
  const kind = bodyKindOf(route.args);
  const parseBody = kind === undefined ? undefined : loadBodyBinding().createBodyParser({ kind });
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
  if (name === undefined && type === 'any') return wholeReaderOf(kind);
  if (name === undefined || !isScalar(type)) return loadCompositeBinders().createCompositeBinder(argument, context);
  const textType = kind === 'path' ? pathTypeFor(type) : textTypeFor(type);
  return createScalarBinder(textType, namedValueOf(argument, context.route));
}

function isScalar(type: TypePlan): type is ScalarType {
  return typeof type === 'object' ? 'choice' in type : type !== 'schema' && type !== 'any';
}

/** What converts values of the path, which can fail; what a schema or a validator refuses is an issue of its own. */
function pathBindersOf(
  { name, type }: NamedArgumentPlan,
  bind: Binder,
  dtos: () => readonly DtoPlan[],
): readonly Binder[] {
  if (name === undefined) {
    return typeof type === 'object' && 'dto' in type
      ? [loadCompositeBinders().createPathCheckBinder(dtos()[type.dto]!)]
      : [];
  }
  const item = typeof type === 'object' && 'list' in type ? type.list : type;
  return item === 'string' || item === 'schema' ? [] : [bind];
}

/** How the body is parsed; undefined where nothing binds it. */
function bodyKindOf(args: RoutePlan['args']): BodyKind | undefined {
  let kind: BodyKind | undefined;
  for (const argument of args) {
    if (argument?.kind === 'file' || argument?.kind === 'files') {
      // A required file can only come in a multipart form.
      if (argument.isOptional !== true) return 'form';
      kind ??= 'structured';
    } else if (argument?.kind === 'body') {
      const { name, type } = argument;
      kind ??= name === undefined ? rawKindOf(type) : 'structured';
    }
  }
  return kind;
}

function rawKindOf(type: TypePlan): BodyKind {
  return type === 'string' ? 'text' : type === 'bytes' || type === 'stream' ? type : 'structured';
}
