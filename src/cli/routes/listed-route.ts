import type { AppOptions } from '../../runtime/app.js';
import { roleOf } from '../../runtime/declarations/records/middleware-role.js';
import type { Middleware } from '../../runtime/http/middleware.js';
import { kindOf } from '../../runtime/middleware/ready-middleware.js';
import type { AppPlan, ArgumentPlan, RoutePlan } from '../../runtime/plan/app-plan.js';
import { recordsOfPlan } from '../../runtime/plan/records-of-plan.js';
import { typeWords } from './type-words.js';

/** A value that a client sends for a parameter of a controller's method. */
export interface ListedParameter {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body' | 'file' | 'files';
  /** Undefined for all values of its source, or the whole body. */
  readonly name?: string;
  /** As TypeScript would write it: `number`, `string[]`, `CreateTodo`. */
  readonly type: string;
  readonly required: boolean;
}

/** A route as `twodoors routes` shows it. */
export interface ListedRoute {
  /** In upper case, or `ALL`. */
  readonly method: string;
  readonly path: string;
  readonly controller: string;
  /** The name of the controller's method. */
  readonly handler: string;
  readonly parameters: readonly ListedParameter[];
  /** The names of the middleware of the class and the method, the outermost first. Guards that are one function count once. */
  readonly middleware: readonly string[];
}

/** Lists the routes of an app in the order of its plan. */
export function listRoutes({ controllers }: Readonly<AppOptions>, plan: AppPlan): readonly ListedRoute[] {
  return plan.routes.map((route) => {
    const recorded = recordsOfPlan(route, controllers);
    return {
      method: route.method,
      path: route.path,
      controller: plan.controllers[route.controller]!.name,
      handler: String(recorded.methodName),
      parameters: route.args.flatMap((argument) => listParameter(argument, route, plan)),
      middleware: namesOf(recorded.records.uses),
    };
  });
}

/** A class and a parameter may both need a login, by guards of their own; what they do happens once. */
function namesOf(uses: readonly Middleware[]): string[] {
  const isRepeated = (use: Middleware, i: number) =>
    roleOf(use)?.kind === 'login' && uses.slice(0, i).some((earlier) => roleOf(earlier)?.kind === 'login');
  return uses.filter((use, i) => !isRepeated(use, i)).map(middlewareName);
}

/** The name of the function that makes a middleware of twodoors, else that of its own function. */
export function middlewareName(middleware: Middleware): string {
  const role = roleOf(middleware)?.kind;
  const made = kindOf(middleware)?.name ?? (role === 'sessions' || role === 'auth' ? role : middleware.name);
  return made === '' ? '(anonymous)' : made;
}

/** Nothing for what a function makes from the request, which a client does not send as such. */
function listParameter(argument: ArgumentPlan | null, { params }: RoutePlan, plan: AppPlan): ListedParameter[] {
  if (argument === null || argument.kind === 'request') return [];
  const { isOptional = false } = argument;
  if ('maxBytes' in argument) {
    return [
      {
        in: argument.kind,
        name: argument.name,
        type: (argument.types ?? ['any type']).join(' | '),
        required: !isOptional,
      },
    ];
  }
  const { name } = argument;
  const isInPath = argument.kind === 'path' && typeof argument.param === 'number';
  const type = typeWords(argument.type, plan.dtos);
  const required = isInPath
    ? !params[argument.param]!.isOptional
    : !isOptional && (name !== undefined || argument.kind === 'body');
  return [{ in: argument.kind, ...(name !== undefined && { name }), type, required }];
}
