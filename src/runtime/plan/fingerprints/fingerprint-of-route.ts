import type { AppOptions } from '../../app.js';
import { constantClasses } from '../../declarations/calls/constant-classes.js';
import { callsByClass } from '../../declarations/calls/record-call.js';
import type { Class } from '../../declarations/class.js';
import type { PageMethodPlan } from '../app-plan.js';
import { loadMarksOfCalls } from './marks-of-calls.lazy.js';

/**
 * A text for everything that the plan of a method depends on and that the app's outline leaves out: what its decorators and
 * those of its class have got, the types that the compiler has emitted, how many parameters there are, and how many
 * interceptors the app has. What middleware and metadata are is read when a route is linked.
 *
 * @param page the method that shows its form again, on which its plan depends as well
 */
export function fingerprintOfRoute(
  controller: Class,
  name: string | symbol,
  options: Readonly<AppOptions>,
  page?: Pick<PageMethodPlan, 'member'>,
): string {
  const method = (controller.prototype as Record<string | symbol, { readonly length: number } | undefined>)[name];
  let marks = '';
  for (let link = controller; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    // Of a constant class the outline says which it is.
    const calls = constantClasses.has(link) ? undefined : callsByClass.get(link);
    if (calls !== undefined) marks += loadMarksOfCalls().marksOf(calls, link, name);
  }
  const own = `${method?.length} ${options.interceptors?.length}${marks}`;
  return page === undefined ? own : own + fingerprintOfRoute(controller, page.member, options);
}
