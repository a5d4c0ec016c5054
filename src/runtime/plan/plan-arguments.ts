import type { Mistakes } from '../declarations/mistakes.js';
import type { ParamRecord } from '../declarations/records/param-record.js';
import { placeOfMethod, type RouteDeclaration } from '../declarations/route.js';
import { resolveType } from '../types/lazy.js';
import type { ArgumentPlan, BodyArgumentPlan, RoutePlan, UploadArgumentPlan } from './app-plan.js';
import type { Parameter, PlanArgument } from './arguments/parameter.js';
import { planBody } from './arguments/plan-body.js';
import { planNamed } from './arguments/plan-named.js';
import { planUpload } from './arguments/plan-upload.js';

/** What plans an argument, by its source. */
const PLANNERS: Readonly<Record<ParamRecord['source'], PlanArgument>> = {
  path: planNamed,
  query: planNamed,
  header: planNamed,
  cookie: planNamed,
  body: planBody,
  file: planUpload,
  files: planUpload,
  request: () => ({ kind: 'request' }),
};

/** What the app decides for all of its parameters. */
type AppSettings = Pick<Parameter, 'unknownProperties' | 'skipMissingProperties' | 'stopAtFirstError' | 'dtos'>;

/** Plans the arguments of a route, by position; adds what cannot be bound to `mistakes`. */
export function planArguments(route: RouteDeclaration, settings: AppSettings, mistakes: Mistakes): RoutePlan['args'] {
  const { method, types } = route.records;
  const planned: ArgumentPlan[] = [];
  const ofMethod = mistakes.at(placeOfMethod(route.controller, route.methodName));
  for (const record of method.params.toSorted((a, b) => a.index - b.index)) {
    const ofParameter = ofMethod.at({ parameter: record.index + 1, decorator: record.decorator });
    if (planned[record.index] !== undefined) {
      ofParameter.add('two-decorators', 'two decorators give it a value. Remove one.');
    }
    if (record.options.trim !== undefined && record.source !== 'body') {
      ofParameter.add('invalid-option', '"trim" is an option of a body alone. Remove it.');
    }
    planned[record.index] = PLANNERS[record.source]({
      record,
      route,
      type: typeOf(record.type ?? emittedType(record, types?.[record.index], ofParameter), ofParameter),
      isExplicit: record.type !== undefined,
      mistakes: ofParameter,
      ...settings,
    });
  }
  checkUndecorated(route, ofMethod);
  const args = Array.from(planned, (argument) => argument ?? null);
  checkBodies(route, args, ofMethod);
  return args;
}

/** A parameter without a decorator and without a default would be undefined in every request. */
function checkUndecorated({ records }: RouteDeclaration, ofMethod: Mistakes): void {
  for (let i = 0; i < records.parameterCount; i++) {
    if (records.method.params.some(({ index }) => index === i)) continue;
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
function typeOf(type: unknown, mistakes: Mistakes): unknown {
  try {
    return resolveType(type);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.add('lazy-type-failed', `the function of its lazy type throws: ${reason}. Correct the function.`);
    return String;
  }
}

function checkBodies(route: RouteDeclaration, args: RoutePlan['args'], ofMethod: Mistakes): void {
  const bodies = args.filter((argument): argument is BodyArgumentPlan => argument?.kind === 'body');
  const files = args.filter(
    (argument): argument is UploadArgumentPlan => argument?.kind === 'file' || argument?.kind === 'files',
  );
  if (bodies.length + files.length === 0) return;
  const bound = route.records.method.params.filter(({ source }) => source === 'body');
  if (bound.length > 1 && bound.some(({ name }) => name === undefined)) {
    ofMethod.add('two-bodies', 'two parameters bind the body. Bind it once, to a class with all properties.');
  }
  if (files.length > 0 && bodies.some(isRaw)) {
    ofMethod.add('raw-body-with-files', 'it binds the files of a form and the unparsed body. Bind one of them.');
  }
  if (route.method === 'GET' || route.method === 'HEAD') {
    ofMethod.add(
      'body-on-get',
      `it binds the body of a ${route.method}, which has no meaning (RFC 9110 §9.3.1). Use @Post, or bind the query with @Query.`,
    );
  }
}

/** Whether the body is not parsed. */
function isRaw({ name, type }: BodyArgumentPlan): boolean {
  return name === undefined && (type === 'string' || type === 'bytes' || type === 'stream');
}
