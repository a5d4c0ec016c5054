import type { AppOptions } from '../app.js';
import { type Class, nameOf } from '../declarations/class.js';
import { describeWrongImport, type MistakePlace, Mistakes } from '../declarations/mistakes.js';
import { readControllers } from '../declarations/read-controllers.js';
import { placeOfMethod, type Route, type RouteDeclaration } from '../declarations/route.js';
import type { HttpRequest } from '../http/http-request.js';
import { createRouteTable, findDuplicates, type RouteTable } from '../routes/route-table.js';
import { StartupError } from '../startup-error.js';
import { planArguments } from './binding/plan-arguments.js';
import { type ControllerProvider, compileRoute } from './link-route.js';
import { createReplyMaker } from './reply-maker.js';

/**
 * Reads, checks and compiles all routes of an app. Controllers are made only when nothing else is wrong.
 *
 * @throws StartupError with every mistake
 */
export function compileTable(options: Readonly<AppOptions>): RouteTable {
  const mistakes = new Mistakes();
  const paths = { strict: options.strict === true, caseSensitive: options.caseSensitive === true };
  const declarations = readControllers({ controllers: options.controllers, ...paths }, mistakes);
  findDuplicates(declarations, mistakes);
  const unknownProperties = options.unknownProperties ?? 'reject';
  const plans = declarations.map((route) => ({
    route,
    plan: planArguments(route, unknownProperties, mistakes),
    makeReply: createReplyMaker(route, options.views, mistakes),
  }));
  checkConstructors(options, mistakes);
  checkMiddleware(declarations, options, mistakes);
  checkNumbers(options, mistakes);
  if (mistakes.found.length > 0) throw new StartupError(mistakes.found);

  const controllers = createProviders(declarations, options);
  const routes = plans.map(({ route, plan, makeReply }): Route => {
    const find = controllers.get(route.controller)!;
    return { ...route, answer: compileRoute(find, route.methodName, plan, makeReply, route.uses) };
  });
  return createRouteTable(routes, paths);
}

/** Finds middleware that is not a function, such as one of two files that import each other. */
function checkMiddleware(
  declarations: readonly RouteDeclaration[],
  options: Readonly<AppOptions>,
  mistakes: Mistakes,
): void {
  const check = (use: unknown, place: MistakePlace) => {
    if (typeof use === 'function') return;
    mistakes.at(place).add('middleware-not-a-function', describeWrongImport(use, 'function'));
  };
  options.use?.forEach((use, i) => {
    check(use, { option: `use[${i}]` });
  });
  for (const { controller, methodName, uses } of declarations) {
    for (const use of uses) check(use, { ...placeOfMethod(controller, methodName), decorator: '@Use' });
  }
}

/** The longest that a timer of Node's can wait, in milliseconds; beyond it fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkNumbers({ timeout, bodyLimit }: Readonly<AppOptions>, mistakes: Mistakes): void {
  const check = (name: string, value: number | undefined, most: number, unit: string) => {
    if (value === undefined || (value > 0 && value <= most)) return;
    mistakes
      .at({ option: name })
      .add('invalid-option', `${value} is not a number of ${unit} above 0. Correct it, or leave it out.`);
  };
  check('timeout', timeout, LONGEST_TIMER, 'milliseconds');
  check('bodyLimit', bodyLimit, Number.POSITIVE_INFINITY, 'bytes');
}

function checkConstructors(options: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (options.resolve !== undefined || !Array.isArray(options.controllers)) return;
  for (const type of new Set<unknown>(options.controllers)) {
    if (typeof type === 'function' && type.length > 0) {
      mistakes
        .at({ controller: nameOf(type) })
        .add(
          'constructor-needs-resolve',
          'its constructor has parameters, and the app has no "resolve". Pass one to defineApp, such as (type) => container.get(type).',
        );
    }
  }
}

type Resolve = (type: new (...args: unknown[]) => object, request?: HttpRequest) => unknown;

/** How each controller is found: made once here, or asked for at each request. */
function createProviders(
  declarations: readonly RouteDeclaration[],
  options: Readonly<AppOptions>,
): Map<Class, ControllerProvider> {
  const resolve: Resolve = options.resolve ?? ((type) => new type());
  const found = new Map<Class, ControllerProvider>();
  const mistakes = new Mistakes();
  for (const { controller, scope } of declarations) {
    if (found.has(controller)) continue;
    const type = controller as unknown as new (...args: unknown[]) => object;
    if (scope === 'request') {
      found.set(controller, { scope, find: (request) => resolve(type, request) as object | Promise<object> });
      continue;
    }
    try {
      found.set(controller, { scope, instance: assertInstance(resolve(type)) });
    } catch (error) {
      found.set(controller, { scope, instance: {} });
      const reason = error instanceof Error ? error.message : String(error);
      mistakes
        .at({ controller: nameOf(controller) })
        .add('controller-not-created', `it could not be created: ${reason}`);
    }
  }
  if (mistakes.found.length > 0) throw new StartupError(mistakes.found);
  return found;
}

function assertInstance(made: unknown): object {
  if (made instanceof Promise) {
    made.catch(() => {});
    throw new TypeError(
      "resolve gave a promise, and the app does not wait for it. Make it in onStart, or use @Controller('/', { scope: 'request' })",
    );
  }
  if (typeof made !== 'object' || made === null) throw new TypeError(`resolve gave ${String(made)}, not an instance`);
  return made;
}
