import type { ArgumentPlan, RequestArgumentPlan } from '../../../plan/app-plan.js';
import type { ArgumentContext } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { createRareBodyBinder } from '../body/rare-body-binders.js';
import { createUploadBinder } from '../body/upload-binder.js';
import { linkNamed } from '../composite/composite-binders.js';
import type { LinkedArgument } from '../linked-argument.js';

/** As `linkBinder`, for all but a whole body that is a DTO. */
export function linkRareBinder(
  argument: Exclude<ArgumentPlan, RequestArgumentPlan>,
  context: ArgumentContext,
  pathBinders: LinkedArgument[],
): Binder {
  switch (argument.kind) {
    case 'body':
      return createRareBodyBinder(argument, context);
    case 'file':
    case 'files':
      return createUploadBinder(argument);
    default:
      return linkNamed(argument, context, pathBinders);
  }
}
