import type { AppOptions } from '../app.js';
import { checkAppOptions } from '../declarations/app-options.js';
import { Mistakes } from '../declarations/mistakes.js';
import { readControllers } from '../declarations/read-controllers.js';
import type { Route } from '../declarations/route.js';
import { BODY_LIMIT } from '../http/body/body.js';
import { findDuplicates } from '../plan/find-duplicates.js';
import { StartupError } from '../startup-error.js';
import { planArguments } from './binding/plan-arguments.js';
import { createControllerProviders } from './controller-provider.js';
import { linkRoute } from './link-route.js';
import { createReplyMaker } from './reply-maker.js';
import { createRouteTable, type RouteTable } from './route-table.js';

/**
 * Reads, checks and links all routes of an app. Controllers are constructed only if nothing else is wrong.
 *
 * @throws StartupError with every mistake
 */
export function linkTable(options: Readonly<AppOptions>): RouteTable {
  const mistakes = new Mistakes();
  const paths = { strict: options.strict === true, caseSensitive: options.caseSensitive === true };
  const declarations = readControllers({ controllers: options.controllers, ...paths }, mistakes);
  findDuplicates(declarations, mistakes);
  const { bodyLimit = BODY_LIMIT, unknownProperties, maxErrors } = options;
  const plans = declarations.map((route) => ({
    route,
    plan: planArguments(route, { unknownProperties, maxErrors }, mistakes),
    makeReply: createReplyMaker(route, options.views, mistakes),
  }));
  checkAppOptions(options, declarations, mistakes);
  if (mistakes.found.length > 0) throw new StartupError(mistakes.found);

  const providers = createControllerProviders(declarations, options);
  const routes = plans.map(({ route, plan, makeReply }): Route => {
    const provider = providers.get(route.controller)!;
    return {
      ...route,
      // Known when the route is: middleware and handler read a body within the same limit.
      bodyLimit: (route.bodyLimit ?? bodyLimit) + plan.extraBytes,
      handle: linkRoute(provider, route.methodName, plan, makeReply, route.uses),
    };
  });
  return createRouteTable(routes, paths);
}
