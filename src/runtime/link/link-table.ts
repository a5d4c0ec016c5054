import type { AppOptions } from '../app.js';
import { type Class, nameOf } from '../declarations/class.js';
import { readControllers } from '../declarations/read-controllers.js';
import type { Route, RouteDeclaration } from '../declarations/route.js';
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
  const mistakes: string[] = [];
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
  if (mistakes.length > 0) throw new StartupError(mistakes);

  const controllers = createProviders(declarations, options);
  const routes = plans.map(({ route, plan, makeReply }): Route => {
    const find = controllers.get(route.controller)!;
    return { ...route, answer: compileRoute(find, route.methodName, plan, makeReply, route.uses) };
  });
  return createRouteTable(routes, paths);
}

/** Middleware that is none, as of two files that import each other. */
function checkMiddleware(
  declarations: readonly RouteDeclaration[],
  options: Readonly<AppOptions>,
  mistakes: string[],
): void {
  const check = (where: string, uses: readonly unknown[]) => {
    uses.forEach((use, i) => {
      if (typeof use === 'function') return;
      mistakes.push(
        `${where}: middleware ${i + 1} is ${use === undefined ? 'undefined' : `a ${typeof use}`}, not a function. Where it is imported, check the name, and whether two files import each other.`,
      );
    });
  };
  check('defineApp, use', options.use ?? []);
  for (const route of declarations) check(`${nameOf(route.controller)}.${String(route.methodName)}, @Use`, route.uses);
}

/** The longest that a timer of Node's can wait, in milliseconds; beyond it fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkNumbers({ timeout, bodyLimit }: Readonly<AppOptions>, mistakes: string[]): void {
  const check = (name: string, value: number | undefined, most: number, unit: string) => {
    if (value === undefined || (value > 0 && value <= most)) return;
    mistakes.push(`defineApp, ${name}: ${value} is no number of ${unit} above 0. Correct it, or leave it out.`);
  };
  check('timeout', timeout, LONGEST_TIMER, 'milliseconds');
  check('bodyLimit', bodyLimit, Number.POSITIVE_INFINITY, 'bytes');
}

function checkConstructors(options: Readonly<AppOptions>, mistakes: string[]): void {
  if (options.resolve !== undefined || !Array.isArray(options.controllers)) return;
  for (const type of new Set<unknown>(options.controllers)) {
    if (typeof type === 'function' && type.length > 0) {
      mistakes.push(
        `${nameOf(type)}: its constructor has parameters, and the app does not say where they come from. ` +
          'Give defineApp a "resolve" that makes it, such as (type) => container.get(type).',
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
  const mistakes: string[] = [];
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
      mistakes.push(`${nameOf(controller)}: it could not be made: ${reason}`);
    }
  }
  if (mistakes.length > 0) throw new StartupError(mistakes);
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
