import type { ScalarArgumentPlan } from '../../plan/app-plan.js';
import type { Binder } from './binder.js';

/** What binds one argument: a function, or the plan of a scalar. */
export type LinkedArgument = Binder | ScalarArgumentPlan;
