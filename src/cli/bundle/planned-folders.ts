import type { PublicFolder } from '../../runtime/declarations/public-folders.js';
import type { AppPlan } from '../../runtime/plan/app-plan.js';
import type { PlanText } from '../../runtime/plan/plan-source.js';

/** The public folders of the apps that were planned. */
export function plannedFolders(plans: readonly PlanText[]): readonly PublicFolder[] {
  return plans.flatMap(({ head }) => (JSON.parse(head) as Pick<AppPlan, 'public'>).public ?? []);
}
