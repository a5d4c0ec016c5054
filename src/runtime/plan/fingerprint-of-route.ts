import { findCalls } from '../declarations/calls/class-calls.js';
import type { Class } from '../declarations/class.js';
import { paramTypesOf } from '../declarations/types/compiler-types.js';
import type { PageMethodPlan } from './app-plan.js';
import { classAbove } from './class-above.js';
import { loadTypeText } from './types/type-text.lazy.js';

/**
 * A text for everything that the plan of a method depends on and that the app's outline leaves out: what its decorators and
 * those of its class have got, the types that the compiler has emitted, and how many parameters there are. What middleware and
 * metadata are is read when a route is linked.
 *
 * @param declaredIn the class that the method's decorators stand in: the controller, or a base class
 * @param page the method that shows its form again, on which its plan depends as well
 */
export function fingerprintOfRoute(
  controller: Class,
  declaredIn: Class,
  name: string | symbol,
  page?: Pick<PageMethodPlan, 'depth' | 'member'>,
): string {
  const types = paramTypesOf(declaredIn, name);
  const method = (controller.prototype as Record<string | symbol, { readonly length: number } | undefined>)[name];
  const marks: unknown[] = [method?.length];
  for (let link: unknown = controller; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    const all = findCalls(link)?.all;
    if (all === undefined) continue;
    for (let i = 0; i < all.length; i++) {
      const { decorator, args, member, third, hasDefault, isOutlined } = all[i]!;
      if (isOutlined || (member !== undefined && member !== name)) continue;
      marks.push(decorator, args.map(markOf));
      if (typeof third === 'number') marks.push(third, hasDefault, markOf(types?.[third]));
    }
  }
  const own = JSON.stringify(marks, asText);
  return page === undefined
    ? own
    : own + fingerprintOfRoute(controller, classAbove(controller, page.depth), page.member);
}

/** A value as plain data: a constructor of JavaScript's by its name. A class of the app may have another one after bundling. */
function markOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(markOf);
  if (typeof value === 'function') {
    const isBuiltIn = (globalThis as Record<string, unknown>)[value.name] === value;
    return [isBuiltIn ? value.name : loadTypeText().typeText(value)];
  }
  if (typeof value !== 'object' || value === null) return value;
  return isFlat(value) ? value : [loadTypeText().typeText(value)];
}

/** Whether it is an object of scalars alone, as most options are. */
function isFlat(value: object): boolean {
  for (const member of Object.values(value))
    if (typeof member === 'object' || typeof member === 'function') return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Tells numbers that JSON has no sign for, and what is missing, from null. */
function asText(_name: string, value: unknown): unknown {
  if (value === undefined) return [];
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value;
}
