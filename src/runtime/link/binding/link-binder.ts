import type { ArgumentPlan, RequestArgumentPlan } from '../../plan/app-plan.js';
import type { ArgumentContext } from './argument-context.js';
import type { Binder } from './binder.js';
import { createBodyBinder } from './body/body-binder.js';
import { loadUploadBinder } from './body/upload-binder.lazy.js';
import { loadCompositeBinders } from './composite/composite-binders.lazy.js';
import type { LinkedArgument } from './linked-argument.js';

/**
 * Makes the binder of an argument that is no scalar.
 *
 * @param pathBinders gets what converts values of the path, which can fail
 */
export function linkBinder(
  argument: Exclude<ArgumentPlan, RequestArgumentPlan>,
  context: ArgumentContext,
  pathBinders: LinkedArgument[],
): Binder {
  switch (argument.kind) {
    case 'body':
      return createBodyBinder(argument, context);
    case 'file':
    case 'files':
      return loadUploadBinder().createUploadBinder(argument);
    default:
      return loadCompositeBinders().linkNamed(argument, context, pathBinders);
  }
}
