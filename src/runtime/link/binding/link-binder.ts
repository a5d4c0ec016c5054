import type { ArgumentPlan, RequestArgumentPlan } from '../../plan/app-plan.js';
import type { ArgumentContext } from './argument-context.js';
import type { Binder } from './binder.js';
import { dtoConverter, wholeBinder } from './body/dto-body.js';
import type { LinkedArgument } from './linked-argument.js';
import { loadRareBinders } from './rare/rare-binders.lazy.js';

/**
 * Makes the binder of an argument that is no scalar. Most bind all of a body to a DTO; the others are in a file apart.
 *
 * @param pathBinders gets what converts values of the path, which can fail
 */
export function linkBinder(
  argument: Exclude<ArgumentPlan, RequestArgumentPlan>,
  context: ArgumentContext,
  pathBinders: LinkedArgument[],
): Binder {
  if (argument.kind === 'body' && argument.name === undefined && argument.isTrimmed !== true) {
    const { type, isOptional = false } = argument;
    if (typeof type === 'object' && 'dto' in type) {
      return wholeBinder(dtoConverter(argument, context, type.dto), isOptional);
    }
  }
  return loadRareBinders().linkRareBinder(argument, context, pathBinders);
}
