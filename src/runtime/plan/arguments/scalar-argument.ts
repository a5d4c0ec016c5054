import type { ArgumentPlan, NamedArgumentPlan, ScalarArgumentPlan } from '../app-plan.js';

/** Whether an argument needs no binder of its own: its plan says all. */
export function isScalarArgument(plan: ArgumentPlan): plan is ScalarArgumentPlan {
  const { kind, name, type } = plan as NamedArgumentPlan;
  return (
    name !== undefined &&
    (type === 'string' || type === 'number' || type === 'boolean') &&
    (kind === 'path' || kind === 'query' || kind === 'header' || kind === 'cookie')
  );
}
