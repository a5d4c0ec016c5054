import type { AppOptions } from '../../app.js';
import type { Class } from '../../declarations/class.js';
import { Mistakes } from '../../declarations/mistakes.js';
import type { RouteRecords } from '../../declarations/records/route-records.js';
import { findPageRecords } from '../../declarations/records/route-records.js';
import { placeOfMethod, type RouteDeclaration } from '../../declarations/route.js';
import type { InvalidPagePlan, PageMethodPlan, RoutePlan } from '../app-plan.js';
import type { DtoPlans } from '../dto/dto-plans.js';
import { planArguments } from '../plan-arguments.js';
import { checkView } from '../plan-reply.js';

/** Plans the page of `@OnInvalid`; undefined without the decorator. Adds what is wrong with it to `mistakes`. */
export function planInvalidPage(
  route: RouteDeclaration,
  options: Readonly<AppOptions>,
  dtos: DtoPlans,
  mistakes: Mistakes,
): InvalidPagePlan | undefined {
  const [first, ...others] = route.records.method.onInvalid ?? [];
  if (first === undefined || (route.method !== 'POST' && route.method !== 'ALL')) return undefined;
  const place = mistakes.at({ ...placeOfMethod(route.controller, route.methodName), decorator: '@OnInvalid' });
  if (others.length > 0) {
    place.add('repeated-decorator', 'it is there twice, and only one can apply. Remove one.');
  }
  checkView(first.view, options, (code, message) => place.add(code, message));
  const { view, page } = first;
  if (page === undefined) return { view };
  const planned = planPageMethod(page, route, options, dtos, place);
  return planned === undefined ? undefined : { view, page: planned };
}

function planPageMethod(
  member: string,
  route: RouteDeclaration,
  { unknownProperties, skipMissingProperties, stopAtFirstError }: Readonly<AppOptions>,
  dtos: DtoPlans,
  place: Mistakes,
): PageMethodPlan | undefined {
  const add = (message: string): undefined => void place.add('invalid-form-page', message);
  const found = findPageRecords(route.controller, member);
  if (found === undefined) {
    return add(`the controller has no method "${member}" with a route. Name the method that shows the page.`);
  }
  const { declaredIn, records } = found;
  if (member === route.methodName || bindsBody(records)) {
    return add(`${member}() binds a body, and the page is shown without one. Name the method that shows the page.`);
  }
  const missing = pathParamsOf(records).filter((name) => !route.pattern.params.some((param) => param.name === name));
  if (missing.length > 0) {
    const names = missing.map((name) => `"${name}"`).join(' and ');
    return add(`${member}() binds ${names} of its path, which ${route.path} does not have. Add it to this path.`);
  }
  // What is wrong with the method itself is said at its own route.
  const args = planArguments(
    { ...route, methodName: member, declaredIn, records },
    { unknownProperties, skipMissingProperties, stopAtFirstError, dtos },
    new Mistakes(),
  );
  const { onNull, onUndefined } = records.method;
  return {
    member,
    args,
    ...(onNull !== undefined && { onNull }),
    ...(onUndefined !== undefined && { onUndefined }),
  };
}

function bindsBody({ method }: RouteRecords): boolean {
  return method.params.some(({ source }) => source === 'body' || source === 'file' || source === 'files');
}

/** The parameters of the path that a method needs. */
function pathParamsOf({ method }: RouteRecords): string[] {
  return method.params
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ source, name, options }) =>
      source === 'path' && name !== undefined && options.optional !== true ? [name] : [],
    );
}

/** How many base classes up from a class another one is. */
export function depthOf(type: Class, base: Class): number {
  let depth = 0;
  for (let link: unknown = type; link !== base; link = Object.getPrototypeOf(link)) depth++;
  return depth;
}

/** How large a form with files is read, in bytes: as large as API Gateway carries it, so that a file above its limit is its field's mistake. */
export const CARRIED = 10 * 1024 * 1024;

/** Whether a route reads a file above its limit to its end, to show the form again. */
export function readsLargeFiles(args: RoutePlan['args'], page: InvalidPagePlan | undefined): boolean {
  return page !== undefined && args.some((argument) => argument?.kind === 'file' || argument?.kind === 'files');
}
