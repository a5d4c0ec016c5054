import type { ArgumentPlan, NamedArgumentPlan, RequestArgumentPlan } from '../../plan/app-plan.js';
import type { ArgumentContext } from './argument-context.js';
import type { Binder } from './binder.js';
import { loadBodyBinding } from './body/body-binding.lazy.js';
import { createCompositeBinder, createPathCheckBinder } from './composite-binders.js';
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
      return loadBodyBinding().createBodyBinder(argument, context);
    case 'file':
    case 'files':
      return loadBodyBinding().createUploadBinder(argument);
    default: {
      const bind = createCompositeBinder(argument, context);
      if (argument.kind === 'path') addPathBinders(argument, bind, context, pathBinders);
      return bind;
    }
  }
}

/** Adds what converts values of the path, which can fail; what a schema or a validator refuses is an issue of its own. */
function addPathBinders(
  { name, type }: NamedArgumentPlan,
  bind: Binder,
  { dtos }: ArgumentContext,
  pathBinders: LinkedArgument[],
): void {
  if (name === undefined) {
    if (typeof type === 'object' && 'dto' in type) pathBinders.push(createPathCheckBinder(dtos()[type.dto]!));
    return;
  }
  const item = typeof type === 'object' && 'list' in type ? type.list : type;
  if (item !== 'string' && item !== 'schema') pathBinders.push(bind);
}
