import type { PlanText } from '../../../runtime/plan/plan-source.js';

/**
 * Modules that are loaded on demand, but by some apps at each cold start: how an app's outline begins such a line, or all of
 * it. In the entry of such an app they cost less than in a file of their own.
 */
const NEEDED_BY: readonly (readonly [outline: RegExp, modules: readonly string[]])[] = [
  // Middleware: each reply goes through it.
  [/^[1-9]/, ['wrap-routes', 'middleware']],
  // Calls of decorators: where all classes are constant, nobody compares any.
  [/^(?: |\d+@)/m, ['outline-of-calls', 'marks-of-calls']],
];

/** The modules that each cold start of an app needs, and those of other apps do not. By name. */
export function neededModules(plans: readonly PlanText[]): string[] {
  return NEEDED_BY.flatMap(([line, modules]) => (plans.some(({ outline }) => line.test(outline)) ? modules : []));
}
