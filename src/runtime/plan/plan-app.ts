import type { AppOptions } from '../app.js';
import { checkAppOptions } from '../declarations/app-options.js';
import { outlineOf } from '../declarations/calls/outline.js';
import { nameOf } from '../declarations/class.js';
import { Mistakes } from '../declarations/mistakes.js';
import { publicFoldersOf } from '../declarations/public-folders.js';
import { readControllers } from '../declarations/read-controllers.js';
import type { RouteDeclaration } from '../declarations/route.js';
import { BODY_LIMIT } from '../http/body/body-limit.js';
import { MAX_ERRORS } from '../http/errors/max-errors.js';
import { COMMON_METHODS } from '../http/methods.js';
import { StartupError } from '../startup-error.js';
import type { AppPlan, ControllerPlan, RoutePlan } from './app-plan.js';
import { describeRoute } from './descriptions/describe-route.js';
import { DtoPlans } from './dto/dto-plans.js';
import { toLimit } from './limit.js';
import { planSchemes } from './login/plan-login.js';
import { findDuplicates } from './paths/find-duplicates.js';
import { orderRoutes } from './paths/order-routes.js';
import { planTree } from './paths/plan-tree.js';
import { planRoute } from './plan-route.js';
import type { PlanText } from './plan-source.js';
import { writePlan } from './write-plan.js';

const PLANS = Symbol.for('twodoors.plans');

/**
 * Reads and checks an app, and plans it. Nothing is constructed.
 *
 * @param isForBuild whether a build that loads the app gets the plan. Default: true
 * @throws StartupError with every mistake
 */
export function planApp(options: Readonly<AppOptions>, isForBuild = true): AppPlan {
  const mistakes = new Mistakes();
  const { strict = false, caseSensitive = false, unknownProperties } = options;
  const { bodyLimit = BODY_LIMIT, maxErrors = MAX_ERRORS } = options;
  const paths = { strict: strict === true, caseSensitive: caseSensitive === true };
  const declarations = readControllers({ controllers: options.controllers, ...paths }, mistakes);
  findDuplicates(declarations, mistakes);
  const dtos = new DtoPlans();
  const planned = new Map<RouteDeclaration, RoutePlan>();
  for (const declaration of declarations) planned.set(declaration, planRoute(declaration, options, dtos, mistakes));
  checkAppOptions(options, declarations, mistakes);
  if (mistakes.found.length > 0) throw new StartupError(mistakes.found);

  const ordered = orderRoutes(declarations);
  const auth = planSchemes(options);
  const declared = ordered.map(({ method }) => method).filter((method) => method !== 'ALL');
  const plan: AppPlan = {
    version: 1,
    options: {
      ...paths,
      bodyLimit: toLimit(bodyLimit),
      maxErrors: toLimit(maxErrors),
      ...(unknownProperties !== undefined && { unknownProperties }),
      ...(auth !== undefined && { auth }),
    },
    controllers: planControllers(options, declarations),
    routes: ordered.map((declaration) => planned.get(declaration)!),
    tree: planTree(ordered),
    methods: [...new Set([...COMMON_METHODS, ...declared])],
    ...(options.public !== undefined && { public: publicFoldersOf(options.public) }),
    dtos: dtos.list,
    descriptions: ordered.map(describeRoute),
  };
  if (isForBuild) plansOfBuild()?.push(writePlan(plan, outlineOf(options)));
  return plan;
}

/** Where a build that loads the app wants its plan; undefined in any other process. */
function plansOfBuild(): PlanText[] | undefined {
  return (globalThis as { [PLANS]?: PlanText[] })[PLANS];
}

function planControllers(
  { controllers }: Readonly<AppOptions>,
  declarations: readonly RouteDeclaration[],
): ControllerPlan[] {
  return controllers.map((type) => {
    const route = declarations.find(({ controller }) => controller === type);
    return { name: nameOf(type), ...(route !== undefined && { scope: route.scope }) };
  });
}
