import type { AppOptions } from '../app.js';
import type { Mistakes } from '../declarations/mistakes.js';
import { placeOfMethod, type RouteDeclaration } from '../declarations/route.js';
import { BODY_LIMIT } from '../http/body/body-limit.js';
import type { RoutePlan } from './app-plan.js';
import { isScalarArgument } from './arguments/scalar-argument.js';
import type { DtoPlans } from './dto/dto-plans.js';
import { fingerprintOfRoute } from './fingerprints/fingerprint-of-route.js';
import { CARRIED, depthOf, planInvalidPage, readsLargeFiles } from './forms/plan-invalid-page.js';
import { interceptorCount } from './interceptor-count.js';
import { fromLimit, toLimit } from './limit.js';
import { planLogin } from './login/plan-login.js';
import { memberKeyOf } from './member-key.js';
import { planArguments } from './plan-arguments.js';
import { planReply } from './plan-reply.js';

/** Plans one route, and adds its DTOs to `dtos`; adds what is wrong to `mistakes`. */
export function planRoute(
  declaration: RouteDeclaration,
  options: Readonly<AppOptions>,
  dtos: DtoPlans,
  mistakes: Mistakes,
): RoutePlan {
  const { controller, declaredIn, methodName, records, pattern } = declaration;
  const { unknownProperties, skipMissingProperties, stopAtFirstError, bodyLimit = BODY_LIMIT } = options;
  const settings = { unknownProperties, skipMissingProperties, stopAtFirstError, dtos };
  const args = planArguments(declaration, settings, mistakes);
  const login = planLogin(declaration, options, mistakes);
  const interceptors = interceptorCount(records, options);
  const onInvalid = planInvalidPage(declaration, options, dtos, mistakes);
  const fieldsLimit = records.bodyLimit ?? bodyLimit;
  const whole = fieldsLimit + extraBytesOf(args);
  const isLarge = readsLargeFiles(args, onInvalid);
  return {
    method: declaration.method,
    path: declaration.path,
    controller: options.controllers.indexOf(controller),
    depth: depthOf(controller, declaredIn),
    member: memberKeyOf(methodName, declaredIn),
    params: pattern.params,
    args,
    ...(args.some((argument) => argument !== null && !isScalarArgument(argument)) && { hasBinders: true }),
    reply: planReply(records.method, options, mistakes.at(placeOfMethod(controller, methodName))),
    ...(login !== undefined && { login }),
    ...(records.uses.length > 0 && { hasUses: true as const }),
    ...(interceptors !== undefined && { interceptors }),
    // Known when the route is: middleware and handler read a body within the same limit.
    bodyLimit: toLimit(isLarge ? Math.max(whole, CARRIED) : whole),
    ...(isLarge && { fieldsLimit: toLimit(fieldsLimit) }),
    ...(records.isCsrfExempt && { isCsrfExempt: true }),
    ...(onInvalid !== undefined && { onInvalid }),
    // Of records with mistakes, nothing is linked.
    fingerprint: mistakes.found.length > 0 ? '' : fingerprintOfRoute(controller, methodName, options, onInvalid?.page),
  };
}

/** How much larger the files of a route may make its body, in bytes. */
function extraBytesOf(args: RoutePlan['args']): number {
  return args.reduce((sum, argument) => {
    if (argument?.kind !== 'file' && argument?.kind !== 'files') return sum;
    return sum + fromLimit(argument.maxBytes) * (argument.kind === 'files' ? fromLimit(argument.max) : 1);
  }, 0);
}
