import type { AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import type { ControllerPlan } from '../plan/app-plan.js';
import type { ControllerFailure } from './controller-failure.js';
import { loadControllerFailure } from './controller-failure.lazy.js';

/** Provides a route's controller: one instance for all requests, or a new one for each. */
export type ControllerProvider =
  | { readonly scope: 'singleton'; readonly instance: object }
  | { readonly scope: 'request'; readonly create: (request: HttpRequest) => object | Promise<object> };

type Resolve = (type: new (...args: unknown[]) => object, request?: HttpRequest) => unknown;

/**
 * Makes a provider for each controller with routes, by position; singletons are constructed here.
 *
 * @param known the providers that were made before, by class; new ones are added
 * @throws StartupError with every controller that cannot be constructed
 */
export function createControllerProviders(
  plans: readonly ControllerPlan[],
  { controllers, resolve: ofApp }: Readonly<AppOptions>,
  known: Map<unknown, ControllerProvider>,
): readonly (ControllerProvider | undefined)[] {
  const resolve: Resolve = ofApp ?? construct;
  const failures: ControllerFailure[] = [];
  plans.forEach(({ scope }, i) => {
    const type = controllers[i] as unknown as new (...args: unknown[]) => object;
    if (scope === undefined || known.has(type)) return;
    if (scope === 'request') {
      known.set(type, { scope, create: (request) => resolve(type, request) as object | Promise<object> });
      return;
    }
    try {
      const instance = resolve(type);
      if (typeof instance !== 'object' || instance === null || instance instanceof Promise) {
        throw loadControllerFailure().noInstance(instance, ofApp === undefined);
      }
      known.set(type, { scope, instance });
    } catch (error) {
      failures.push({ type, error });
    }
  });
  if (failures.length > 0) throw loadControllerFailure().startupErrorOf(failures);
  return controllers.map((type) => known.get(type));
}

function construct(type: new () => object): object {
  return new type();
}
