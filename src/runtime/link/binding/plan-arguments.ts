import { paramTypesOf } from '../../declarations/compiler-types.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { ParamRecord } from '../../declarations/param-record.js';
import { placeOfMethod, type RouteDeclaration } from '../../declarations/route.js';
import { resolveType } from '../../types/lazy.js';
import type { BodyParser } from './body-parser.js';
import type { Binder, BodyNeeds, Parameter, PlanBinding } from './parameter.js';

/** How the arguments of a route's method are made. */
export interface ArgumentPlan {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (Binder | undefined)[];
  /** Those that convert a value of the path. */
  readonly pathBinders: readonly Binder[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
  /** The most mistakes that a reply names. */
  readonly maxErrors: number;
  /** What files may add to the limit of the body, in bytes. */
  readonly extraBytes: number;
}

/** The most mistakes that a reply names, unless the app says otherwise. */
const MAX_ERRORS = 100;

/** What the app's options decide for all of its parameters. */
type BindingOptions = Pick<Parameter, 'unknownProperties' | 'maxErrors'>;

/** Makes the binders of a route; adds what cannot be bound to `mistakes`. */
export function planArguments(
  route: RouteDeclaration,
  { unknownProperties, maxErrors }: BindingOptions,
  mistakes: Mistakes,
): ArgumentPlan {
  const types = paramTypesOf(route.declaredIn, route.methodName);
  const binders: (Binder | undefined)[] = [];
  const pathBinders: Binder[] = [];
  const bodies: BodyNeeds[] = [];
  const ofMethod = mistakes.at(placeOfMethod(route.controller, route.methodName));
  for (const record of route.record.params.toSorted((a, b) => a.index - b.index)) {
    const ofParameter = ofMethod.at({ parameter: record.index + 1, decorator: record.decorator });
    if (binders[record.index] !== undefined) {
      ofParameter.add('two-decorators', 'two decorators give it a value. Remove one.');
    }
    const { bind, body, checkPath } = (record.plan as PlanBinding)({
      record,
      route,
      type: typeOf(record.type ?? emittedType(record, types?.[record.index], ofParameter), ofParameter),
      isExplicit: record.type !== undefined,
      isOptional: record.options.optional === true,
      unknownProperties,
      maxErrors,
      mistakes: ofParameter,
    });
    binders[record.index] = bind;
    if (body !== undefined) bodies.push(body);
    if (checkPath !== undefined) pathBinders.push(checkPath);
  }
  checkUndecorated(route, ofMethod);
  checkBodies(route, bodies, ofMethod);
  const extraBytes = bodies.reduce((sum, needs) => sum + (needs.extraBytes ?? 0), 0);
  return {
    binders,
    pathBinders,
    parseBody: bodyParserOf(route.record.params, bodies),
    extraBytes,
    maxErrors: maxErrors ?? MAX_ERRORS,
  };
}

/** A parameter without a decorator and without a default would be undefined in every request. */
function checkUndecorated({ controller, methodName, record }: RouteDeclaration, ofMethod: Mistakes): void {
  const { length } = (controller.prototype as Record<string | symbol, (...args: unknown[]) => unknown>)[methodName]!;
  for (let i = 0; i < length; i++) {
    if (record.params.some(({ index }) => index === i)) continue;
    ofMethod
      .at({ parameter: i + 1 })
      .add('undecorated-parameter', "no decorator gives it a value. Add one, such as @Body() or @Query('name').");
  }
}

/** The type that the compiler has emitted. For a class behind `import type` it only knows that it is a function. */
function emittedType({ source, decorator, name }: ParamRecord, type: unknown, mistakes: Mistakes): unknown {
  if (type !== Function || source === 'request' || source === 'file' || source === 'files') return type;
  const example = `${decorator}(${name === undefined ? '' : `'${name}', `}CreateTodo)`;
  mistakes.add(
    'type-unknown',
    `its type is unknown at run time: for a class behind "import type", the compiler emits Function. Import it without "type", or pass it: ${example}.`,
  );
  // One mistake is enough for this parameter.
  return String;
}

/** The type itself, where it is lazy; what its function throws is a mistake like any other. */
function typeOf(type: unknown, mistakes: Parameter['mistakes']): unknown {
  try {
    return resolveType(type);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.add('lazy-type-failed', `the function of its lazy type throws: ${reason}. Correct the function.`);
    return String;
  }
}

function bodyParserOf(params: readonly ParamRecord[], bodies: readonly BodyNeeds[]): BodyParser | undefined {
  const [first] = bodies;
  if (first === undefined) return undefined;
  // A required file can only come in a multipart form.
  const needsFiles = params.some(({ upload, options }) => upload !== undefined && options.optional !== true);
  return first.createParser({
    kind: needsFiles ? 'form' : first.kind === 'form' ? 'structured' : first.kind,
  });
}

function checkBodies(route: RouteDeclaration, bodies: readonly BodyNeeds[], ofMethod: Mistakes): void {
  if (bodies.length === 0) return;
  const bound = route.record.params.filter(({ source }) => source === 'body');
  if (bound.length > 1 && bound.some(({ name }) => name === undefined)) {
    ofMethod.add('two-bodies', 'two parameters bind the body. Bind it once, to a class with all properties.');
  }
  const kinds = bodies.map(({ kind }) => kind);
  const isRaw = kinds.some((kind) => kind === 'text' || kind === 'bytes' || kind === 'stream');
  if (isRaw && kinds.includes('form')) {
    ofMethod.add('raw-body-with-files', 'it binds the files of a form and the unparsed body. Bind one of them.');
  }
  if (route.method === 'GET' || route.method === 'HEAD') {
    ofMethod.add(
      'body-on-get',
      `it binds the body of a ${route.method}, which has no meaning (RFC 9110 §9.3.1). Use @Post, or bind the query with @Query.`,
    );
  }
}
