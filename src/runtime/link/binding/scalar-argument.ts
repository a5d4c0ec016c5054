import type { HttpRequest } from '../../http/http-request.js';
import { paramValuesOf } from '../../http/request-access.js';
import type { ArgumentPlan, NamedArgumentPlan } from '../../plan/app-plan.js';
import type { ScalarArgumentPlan } from './linked-argument.js';
import { loadScalarFailure } from './scalar-failure.lazy.js';

/** Whether an argument needs no binder of its own: its plan says all, and {@link bindScalar} reads it. */
export function isScalarArgument(plan: ArgumentPlan): plan is ScalarArgumentPlan {
  const { kind, name, type } = plan as NamedArgumentPlan;
  return (
    name !== undefined &&
    (type === 'string' || type === 'number' || type === 'boolean') &&
    (kind === 'path' || kind === 'query' || kind === 'header' || kind === 'cookie')
  );
}

/**
 * Binds what most arguments are, by the plan itself: one function for all of them, since a cold start compiles each that
 * runs. What is missing, or written in an unusual way, is left to `scalar-failure.ts`.
 */
export function bindScalar(argument: ScalarArgumentPlan, request: HttpRequest): unknown {
  const { kind, name, type } = argument;
  let text: string | undefined;
  if (kind === 'path') {
    const value = paramValuesOf(request)[argument.param!];
    text = typeof value === 'object' ? request.route!.params[argument.param!]!.read(value) : value;
  } else if (kind === 'query') text = request.queryValues.get(name)?.[0];
  else text = kind === 'header' ? request.headers[name.toLowerCase()] : request.cookies[name];
  if (text === undefined) return argument.isOptional ? undefined : loadScalarFailure().missingScalar(argument);
  if (type === 'string') return text;
  if (type === 'number') {
    const value = Number(text);
    // Written as JavaScript does it, which is valid JSON: so are most, and they need no expression.
    if (Number.isFinite(value) && String(value) === text) return value;
  } else if (text === 'true' || text === 'false') return text === 'true';
  return loadScalarFailure().convertScalar(argument, text);
}
