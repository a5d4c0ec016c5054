import type { AppOptions } from '../app.js';
import type { ControllerPlan } from '../plan/app-plan.js';
import type { ControllerFailure } from './controller-failure.js';
import { loadControllerFailure } from './controller-failure.lazy.js';

/**
 * Creates the controllers that all requests share. One that each request gets anew is created by its requests.
 *
 * @param instances those that were created before, by class; new ones are added
 * @returns the same
 * @throws StartupError with every controller that cannot be created
 */
export function createControllers(
  plans: readonly ControllerPlan[],
  { controllers, resolve }: Readonly<AppOptions>,
  instances: Map<unknown, object>,
): Map<unknown, object> {
  let failures: ControllerFailure[] | undefined;
  for (let i = 0; i < plans.length; i++) {
    const type = controllers[i] as unknown as new () => object;
    if (plans[i]!.scope !== 'singleton' || instances.has(type)) continue;
    try {
      const instance: unknown = resolve === undefined ? new type() : resolve(type);
      if (typeof instance !== 'object' || instance === null || instance instanceof Promise) {
        throw loadControllerFailure().noInstance(instance, resolve === undefined);
      }
      instances.set(type, instance);
    } catch (error) {
      failures ??= [];
      failures.push({ type, error });
    }
  }
  if (failures !== undefined) throw loadControllerFailure().startupErrorOf(failures);
  return instances;
}
