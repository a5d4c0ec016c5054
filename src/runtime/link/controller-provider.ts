import type { AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import type { ControllerPlan } from '../plan/app-plan.js';
import type { ControllerFailure } from './controller-failure.js';
import { loadControllerFailure } from './controller-failure.lazy.js';

/** Provides a route's controller: one instance for all requests, or a new one for each. */
export type ControllerProvider =
  | { readonly scope: 'singleton'; readonly instance: object }
  | { readonly scope: 'request'; readonly create: (request: HttpRequest) => object | Promise<object> };

type Construct = new () => object;

/**
 * Makes a provider for each controller with routes, by position; singletons are constructed here.
 *
 * @param known the providers that were made before, by class; new ones are added
 * @throws StartupError with every controller that cannot be constructed
 */
export function createControllerProviders(
  plans: readonly ControllerPlan[],
  options: Readonly<AppOptions>,
  known: Map<unknown, ControllerProvider>,
): readonly (ControllerProvider | undefined)[] {
  const providers: (ControllerProvider | undefined)[] = [];
  let failures: ControllerFailure[] | undefined;
  for (let i = 0; i < plans.length; i++) {
    const { scope } = plans[i]!;
    const type = options.controllers[i] as unknown as Construct;
    if (scope !== undefined && !known.has(type)) {
      try {
        known.set(type, createProvider(type, scope, options.resolve));
      } catch (error) {
        failures ??= [];
        failures.push({ type, error });
      }
    }
    providers.push(known.get(type));
  }
  if (failures !== undefined) throw loadControllerFailure().startupErrorOf(failures);
  return providers;
}

function createProvider(
  type: Construct,
  scope: ControllerProvider['scope'],
  resolve: AppOptions['resolve'],
): ControllerProvider {
  if (scope === 'request') return createForEach(type, resolve);
  const instance: unknown = resolve === undefined ? new type() : resolve(type);
  if (typeof instance !== 'object' || instance === null || instance instanceof Promise) {
    throw loadControllerFailure().noInstance(instance, resolve === undefined);
  }
  return { scope, instance };
}

function createForEach(type: Construct, resolve: AppOptions['resolve']): ControllerProvider {
  return {
    scope: 'request',
    create: (request) => (resolve === undefined ? new type() : resolve(type, request)) as object | Promise<object>,
  };
}
