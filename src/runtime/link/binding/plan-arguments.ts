import { nameOf } from '../../declarations/class.js';
import { paramTypesOf } from '../../declarations/compiler-types.js';
import type { ParamRecord } from '../../declarations/param-record.js';
import type { RouteDeclaration } from '../../declarations/route.js';
import { resolveType } from '../../types/lazy.js';
import type { UnknownProperties } from '../validation/hydrate-class.js';
import type { BodyParser } from './body-parser.js';
import { type Binder, DECORATORS, type Parameter, type ParameterBinding, type PlanBinding } from './parameter.js';

/** How a route's arguments come about. */
export interface ArgumentPlan {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (Binder | undefined)[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
}

/** Makes the binders of a route. What cannot be bound is pushed to `mistakes`. */
export function planArguments(
  route: RouteDeclaration,
  unknownProperties: UnknownProperties,
  mistakes: string[],
): ArgumentPlan {
  const types = paramTypesOf(route.declaredIn, route.methodName);
  const binders: (Binder | undefined)[] = [];
  const bodies: BodyNeeds[] = [];
  const where = `${nameOf(route.controller)}.${String(route.methodName)}`;
  for (const record of route.record.params.toSorted((a, b) => a.index - b.index)) {
    const complain = (what: string) => {
      mistakes.push(`${where}, parameter ${record.index + 1} (${DECORATORS[record.source]}): ${what}`);
    };
    if (binders[record.index] !== undefined) complain('it has two decorators that give it a value. Remove one.');
    const parameter: Parameter = {
      record,
      route,
      type: typeOf(record.type ?? types?.[record.index], complain),
      isExplicit: record.type !== undefined,
      isOptional: isOptional(record),
      unknownProperties,
      complain,
    };
    const { bind, body } = (record.plan as PlanBinding)(parameter);
    binders[record.index] = bind;
    if (body !== undefined) bodies.push(body);
  }
  checkUndecorated(route, where, mistakes);
  checkBodies(route, bodies, where, mistakes);
  return { binders, parseBody: bodyParserOf(route.record.params, bodies) };
}

/** A parameter without a default that nothing gives a value would be undefined in every request. */
function checkUndecorated(
  { controller, methodName, record }: RouteDeclaration,
  where: string,
  mistakes: string[],
): void {
  const { length } = (controller.prototype as Record<string | symbol, (...args: unknown[]) => unknown>)[methodName]!;
  for (let i = 0; i < length; i++) {
    if (record.params.some(({ index }) => index === i)) continue;
    mistakes.push(
      `${where}, parameter ${i + 1}: nothing gives it a value. Decorate it, as with @Body() or @Query('name').`,
    );
  }
}

/** The type, looked up where it is lazy; what the lookup throws is a mistake like any other. */
function typeOf(type: unknown, complain: Parameter['complain']): unknown {
  try {
    return resolveType(type);
  } catch (error) {
    complain(`its lazy type cannot be looked up: ${error instanceof Error ? error.message : String(error)}.`);
    return String;
  }
}

function isOptional({ options, source, hasDefault }: ParamRecord): boolean {
  if (options.optional === true) return true;
  const hasDefaults = source === 'query' || source === 'headers' || source === 'cookie';
  return hasDefault && options.required !== true && hasDefaults;
}

type BodyNeeds = NonNullable<ParameterBinding['body']>;

function bodyParserOf(params: readonly ParamRecord[], bodies: readonly BodyNeeds[]): BodyParser | undefined {
  const [first] = bodies;
  if (first === undefined) return undefined;
  // With a file that must be there, nothing but a form with files will do.
  const needsFiles = params.some(({ upload, options }) => upload !== undefined && options.optional !== true);
  return first.createParser({
    kind: needsFiles ? 'form' : first.kind === 'form' ? 'structured' : first.kind,
    extraBytes: bodies.reduce((sum, { extraBytes = 0 }) => sum + extraBytes, 0),
  });
}

function checkBodies(route: RouteDeclaration, bodies: readonly BodyNeeds[], where: string, mistakes: string[]): void {
  if (bodies.length === 0) return;
  const binding = route.record.params.filter(({ source }) => source === 'body');
  if (binding.length > 1 && binding.some(({ name }) => name === undefined)) {
    mistakes.push(`${where}: two parameters bind the body. Bind it once, as a class with all that it holds.`);
  }
  const kinds = bodies.map(({ kind }) => kind);
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
