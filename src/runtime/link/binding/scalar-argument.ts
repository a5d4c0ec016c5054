import type { HttpRequest } from '../../http/http-request.js';
import { paramValuesOf } from '../../http/request-access.js';
import type { ScalarArgumentPlan } from '../../plan/app-plan.js';
import { loadUnusualScalar } from './unusual-scalar.lazy.js';

/**
 * Binds what most arguments are, by the plan itself: one function for all of them, since a cold start compiles each that
 * runs. What is missing, or written in an unusual way, is left to `unusual-scalar.ts`.
 */
export function bindScalar(argument: ScalarArgumentPlan, request: HttpRequest): unknown {
  const { kind, name, type } = argument;
  let text: string | undefined;
  if (kind === 'path') {
    const value = paramValuesOf(request)[argument.param!];
    text = typeof value === 'object' ? request.route!.params[argument.param!]!.read(value) : value;
  } else if (kind === 'query') text = request.queryValues.get(name)?.[0];
  else text = kind === 'header' ? request.headers[name.toLowerCase()] : request.cookies[name];
  if (text === undefined ? argument.isOptional : type === 'string') return text;
  if (type === 'number') {
    const value = Number(text);
    // Written as JavaScript does it, which is valid JSON: so are most, and they need no expression.
    if (Number.isFinite(value) && String(value) === text) return value;
  } else if (text === 'true' || text === 'false') return text === 'true';
  return loadUnusualScalar().bindUnusualScalar(argument, text);
}
