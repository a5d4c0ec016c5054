import { nameOf, type ParamRecord, paramTypesOf } from '../../metadata.js';
import type { RouteDeclaration } from '../../routes/route.js';
import { resolveType } from '../../types/lazy.js';
import type { UnknownProperties } from '../validation/hydrate-class.js';
import { createBodyBinder } from './body-binder.js';
import { type BodyKind, type BodyParser, createBodyParser } from './body-parser.js';
import { type Binder, DECORATORS, type Parameter } from './parameter.js';
import { createUploadBinder, extraBytesOf } from './upload-binder.js';
import { createValueBinder } from './value-binder.js';
import { createWholeBinder } from './whole-binder.js';

/** How a route's arguments come about. */
export interface ArgumentPlan {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (Binder | undefined)[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
}

/** Makes the binders of a route. What cannot be bound is pushed to `mistakes`. */
export function planArguments(route: RouteDeclaration, unknown: UnknownProperties, mistakes: string[]): ArgumentPlan {
  const types = paramTypesOf(route.declaredIn, route.methodName);
  const binders: (Binder | undefined)[] = [];
  const kinds: BodyKind[] = [];
  const where = `${nameOf(route.controller)}.${String(route.methodName)}`;
  for (const record of route.record.params.toSorted((a, b) => a.index - b.index)) {
    const complain = (what: string) => {
      mistakes.push(`${where}, parameter ${record.index + 1} (${DECORATORS[record.source]}): ${what}`);
    };
    if (binders[record.index] !== undefined) complain('it has two decorators that give it a value. Remove one.');
    const parameter: Parameter = {
      record,
      route,
      type: resolveType(record.type ?? types?.[record.index]),
      isExplicit: record.type !== undefined,
      isOptional: isOptional(record),
      unknown,
      complain,
    };
    binders[record.index] = createBinder(parameter, kinds);
  }
  checkBodies(route, kinds, where, mistakes);
  return { binders, parseBody: bodyParserOf(route.record.params, kinds) };
}

function isOptional({ options, source, hasDefault }: ParamRecord): boolean {
  if (options.optional === true) return true;
  const hasDefaults = source === 'query' || source === 'headers' || source === 'cookie';
  return hasDefault && options.required !== true && hasDefaults;
}

function createBinder(parameter: Parameter, kinds: BodyKind[]): Binder {
  const { record } = parameter;
  switch (record.source) {
    case 'request':
      return (request) => request;
    case 'custom':
      return record.read!;
    case 'file':
    case 'files':
      kinds.push('form');
      return createUploadBinder(record);
    case 'body': {
      const { kind, bind } = createBodyBinder(parameter);
      kinds.push(kind);
      return bind;
    }
    default:
      return record.name === undefined ? createWholeBinder(parameter) : createValueBinder(parameter, record.name);
  }
}

function bodyParserOf(params: readonly ParamRecord[], kinds: readonly BodyKind[]): BodyParser | undefined {
  const [first] = kinds;
  if (first === undefined) return undefined;
  const uploads = params.filter(({ upload }) => upload !== undefined);
  // With a file that must be there, nothing but a form with files will do.
  const needsFiles = uploads.some(({ options }) => options.optional !== true);
  return createBodyParser({
    kind: needsFiles ? 'form' : first === 'form' ? 'structured' : first,
    loadMultipart: params.find(({ loadMultipart }) => loadMultipart !== undefined)?.loadMultipart,
    extraBytes: uploads.reduce((sum, record) => sum + extraBytesOf(record), 0),
  });
}

function checkBodies(route: RouteDeclaration, kinds: readonly BodyKind[], where: string, mistakes: string[]): void {
  if (kinds.length === 0) return;
  const bodies = route.record.params.filter(({ source }) => source === 'body');
  if (bodies.length > 1 && bodies.some(({ name }) => name === undefined)) {
    mistakes.push(`${where}: two parameters bind the body. Bind it once, as a class with all that it holds.`);
  }
  const isRaw = kinds.some((kind) => kind === 'text' || kind === 'bytes' || kind === 'stream');
  if (isRaw && kinds.includes('form')) {
    mistakes.push(`${where}: it binds files of a form, and the body as it is. Bind one of them.`);
  }
  if (route.method === 'GET' || route.method === 'HEAD') {
    mistakes.push(
      `${where}: it binds the body of a ${route.method}, which has none that means anything (RFC 9110 §9.3.1). Use @Post, or @Query.`,
    );
  }
}
