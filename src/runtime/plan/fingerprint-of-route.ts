import type { AppOptions } from '../app.js';
import { constantClasses } from '../declarations/calls/constant-classes.js';
import { callsByClass } from '../declarations/calls/record-call.js';
import type { Class } from '../declarations/class.js';
import { emittedFor } from '../declarations/reflect.js';
import type { PageMethodPlan } from './app-plan.js';
import { loadTypeText } from './types/type-text.lazy.js';

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
  const marks: unknown[] = [];
  for (let link = controller; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    // The outline says which it is.
    if (constantClasses.has(link)) continue;
    for (const { decorator, args, member, third, hasDefault, isOutlined } of callsByClass.get(link) ?? []) {
      if (isOutlined || (member !== undefined && member !== name)) continue;
      marks.push(decorator, args);
      if (typeof third === 'number')
        marks.push(third, hasDefault, emittedFor(link, name, 'design:paramtypes')?.[third]);
    }
  }
  const own = `${method?.length} ${options.interceptors?.length}${marks.length === 0 ? '' : JSON.stringify(marks, markOf)}`;
  return page === undefined ? own : own + fingerprintOfRoute(controller, page.member, options);
}

/**
 * Gives JSON a value that it carries as it is; of any other, what it is, in a list: a constructor of JavaScript's by its name.
 * A class of the app may have another one after bundling.
 */
function markOf(this: Readonly<Record<string, unknown>>, key: string): unknown {
  // The second argument may be what the value's `toJSON` has made of it.
  const value = this[key];
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return [];
    case 'function':
      // Read as a value: of a class that only has the name of one, Node.js would load its own.
      if (Object.getOwnPropertyDescriptor(globalThis, value.name)?.value === value) return [value.name];
  }
  return value === null || Number.isFinite(value) || Array.isArray(value) || isFlat(value as object)
    ? value
    : [loadTypeText().typeText(value)];
}

/** Whether it is an object of scalars alone, as most options are. */
function isFlat(value: object): boolean {
  for (const member of Object.values(value))
    if (typeof member === 'object' || typeof member === 'function') return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
