import type { PlanBinding } from './parameter.js';
import { createValueBinder } from './value-binder.js';
import { createWholeBinder } from './whole-binder.js';

/** `@Param`, `@Query`, `@Headers` and `@Cookie`: one value by its name, or the whole. */
export const planNamed: PlanBinding = (parameter) => {
  const { name } = parameter.record;
  return { bind: name === undefined ? createWholeBinder(parameter) : createValueBinder(parameter, name) };
};
