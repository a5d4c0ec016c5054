import type { BodyArgumentPlan } from '../../../plan/app-plan.js';
import type { ArgumentContext } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { dtoConverter, wholeBinder } from './dto-body.js';
import { loadRareBodyBinders } from './rare-body-binders.lazy.js';

/** Makes the binder of the body, or of one field of it. Most bind all of it to a DTO; the others are in a file apart. */
export function createBodyBinder(argument: BodyArgumentPlan, context: ArgumentContext): Binder {
  const { name, type, isOptional = false, isTrimmed } = argument;
  return name === undefined && isTrimmed !== true && typeof type === 'object' && 'dto' in type
    ? wholeBinder(dtoConverter(argument, context, type.dto), isOptional)
    : loadRareBodyBinders().createRareBodyBinder(argument, context);
}
