import type { AppOptions } from '../app.js';
import { checkAppOptions } from '../declarations/app-options.js';
import { nameOf } from '../declarations/class.js';
import { Mistakes } from '../declarations/mistakes.js';
import { readControllers } from '../declarations/read-controllers.js';
import { outlineOf } from '../declarations/records/outline.js';
import { routeRecordsOf } from '../declarations/records/route-records.js';
import { placeOfMethod, type RouteDeclaration } from '../declarations/route.js';
import { BODY_LIMIT } from '../http/body/body-limit.js';
import { COMMON_METHODS } from '../http/methods.js';
import { StartupError } from '../startup-error.js';
import type { AppPlan, ControllerPlan, RoutePlan } from './app-plan.js';
import { DtoPlans } from './dto/dto-plans.js';
import { findDuplicates } from './find-duplicates.js';
import { fingerprintOfRoute } from './fingerprint-of-route.js';
import { fromLimit, toLimit } from './limit.js';
import { memberKeyOf } from './member-key.js';
import { orderRoutes } from './order-routes.js';
import { planArguments } from './plan-arguments.js';
import { planReply } from './plan-reply.js';
import type { PlanText } from './plan-source.js';
import { planTree } from './plan-tree.js';
import { writePlan } from './write-plan.js';

const PLANS = Symbol.for('twodoors.plans');

/** The most mistakes that a reply names, unless the app says otherwise. */
const MAX_ERRORS = 100;

/**
 * Reads and checks an app, and plans it. Nothing is constructed.
 *
 * @throws StartupError with every mistake
 */
export function planApp(options: Readonly<AppOptions>): AppPlan {
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
  const declared = ordered.map(({ method }) => method).filter((method) => method !== 'ALL');
  const plan: AppPlan = {
    version: 1,
    options: {
      ...paths,
      bodyLimit: toLimit(bodyLimit),
      maxErrors: toLimit(maxErrors),
      ...(unknownProperties !== undefined && { unknownProperties }),
    },
    controllers: planControllers(options, declarations),
    routes: ordered.map((declaration) => planned.get(declaration)!),
    tree: planTree(ordered),
    methods: [...new Set([...COMMON_METHODS, ...declared])],
    dtos: dtos.list,
  };
  plansOfBuild()?.push(writePlan(plan, outlineOf(options)));
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

function planRoute(
  declaration: RouteDeclaration,
  options: Readonly<AppOptions>,
  dtos: DtoPlans,
  mistakes: Mistakes,
): RoutePlan {
  const { controller, declaredIn, methodName, record, pattern } = declaration;
  const records = routeRecordsOf(controller, declaredIn, methodName, record);
  const { unknownProperties, views, bodyLimit = BODY_LIMIT } = options;
  const args = planArguments(declaration, records.types, { unknownProperties, dtos }, mistakes);
  return {
    method: declaration.method,
    path: declaration.path,
    controller: options.controllers.indexOf(controller),
    depth: depthOf(controller, declaredIn),
    member: memberKeyOf(methodName, declaredIn),
    params: pattern.params,
    args,
    reply: planReply(record, views, mistakes.at(placeOfMethod(controller, methodName))),
    // Known when the route is: middleware and handler read a body within the same limit.
    bodyLimit: toLimit((records.bodyLimit ?? bodyLimit) + extraBytesOf(args)),
    // Of records with mistakes, nothing is linked.
    fingerprint: mistakes.found.length > 0 ? '' : fingerprintOfRoute(records),
  };
}

/** How many base classes up from a class another one is. */
function depthOf(type: unknown, base: unknown): number {
  let depth = 0;
  for (let link = type; link !== base; link = Object.getPrototypeOf(link)) depth++;
  return depth;
}

/** How much larger the files of a route may make its body, in bytes. */
function extraBytesOf(args: RoutePlan['args']): number {
  return args.reduce((sum, argument) => {
    if (argument?.kind !== 'file' && argument?.kind !== 'files') return sum;
    return sum + fromLimit(argument.maxBytes) * (argument.kind === 'files' ? fromLimit(argument.max) : 1);
  }, 0);
}
