import type { NamedArgumentPlan } from '../../plan/app-plan.js';
import type { Binder } from './binder.js';

/** The plan of one named value of the path, the query, the headers or the cookies that is a string, a number or a boolean. */
export interface ScalarArgumentPlan extends NamedArgumentPlan {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
}

/** What binds one argument: a function, or the plan of a scalar. */
export type LinkedArgument = Binder | ScalarArgumentPlan;
