import type { AppOptions } from '../app.js';
import { type Class, nameOf } from '../declarations/class.js';
import { Mistakes } from '../declarations/mistakes.js';
import type { RouteDeclaration } from '../declarations/route.js';
import type { HttpRequest } from '../http/http-request.js';
import { StartupError } from '../startup-error.js';

/** Provides a route's controller: one instance for all requests, or a new one for each. */
export type ControllerProvider =
  | { readonly scope: 'singleton'; readonly instance: object }
  | { readonly scope: 'request'; readonly create: (request: HttpRequest) => object | Promise<object> };

type Resolve = (type: new (...args: unknown[]) => object, request?: HttpRequest) => unknown;

/**
 * Makes a provider for each controller; singletons are constructed here.
 *
 * @throws StartupError with every controller that cannot be constructed
 */
export function createControllerProviders(
  declarations: readonly RouteDeclaration[],
  options: Readonly<AppOptions>,
): Map<Class, ControllerProvider> {
  const resolve: Resolve = options.resolve ?? ((type) => new type());
  const providers = new Map<Class, ControllerProvider>();
  const mistakes = new Mistakes();
  for (const { controller, scope } of declarations) {
    if (providers.has(controller)) continue;
    const type = controller as unknown as new (...args: unknown[]) => object;
    if (scope === 'request') {
      providers.set(controller, { scope, create: (request) => resolve(type, request) as object | Promise<object> });
      continue;
    }
    try {
      providers.set(controller, { scope, instance: assertInstance(resolve(type), options.resolve === undefined) });
    } catch (error) {
      providers.set(controller, { scope, instance: {} });
      const reason = error instanceof Error ? error.message : String(error);
      mistakes
        .at({ controller: nameOf(controller) })
        .add('controller-not-created', `it could not be created: ${reason}`);
    }
  }
  if (mistakes.found.length > 0) throw new StartupError(mistakes.found);
  return providers;
}

function assertInstance(resolved: unknown, isConstructed: boolean): object {
  if (resolved instanceof Promise) {
    resolved.catch(() => {});
    if (isConstructed) {
      throw new TypeError(
        'its constructor returned a promise, and a constructor cannot be asynchronous. Do the asynchronous work in onStart, or in the methods',
      );
    }
    throw new TypeError(
      "resolve returned a promise, and the app does not wait for it. Create the instance in onStart, or use @Controller('/', { scope: 'request' })",
    );
  }
  if (typeof resolved !== 'object' || resolved === null) {
    throw new TypeError(`resolve returned ${String(resolved)}, not an instance`);
  }
  return resolved;
}
