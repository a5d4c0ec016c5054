import type { HttpRequest } from '../http/http-request.js';
import type { NunjucksEnvironment } from './nunjucks-environment.js';
import type { NunjucksOptions } from './nunjucks-options.js';
import { addBuiltIns, assertOwnNames, renderFor } from './rendering.js';
import type { ViewEngine } from './view-engine.js';

/**
 * Makes the function that renders views, for both forms of the engine.
 *
 * @param describe makes an error that names view and line of what went wrong
 */
export function createRenderer(
  environment: NunjucksEnvironment,
  { context }: NunjucksOptions,
  describe: (error: unknown, view: string) => unknown,
): ViewEngine['render'] {
  function renderWith(
    view: string,
    common: object,
    values: object,
    request: HttpRequest | undefined,
  ): string | Promise<string> {
    assertOwnNames(common, 'nunjucks({ context })');
    assertOwnNames(values, `The data of the view ${view}`);
    const all = { ...common, ...values };
    // The module of a feature may have been loaded since.
    addBuiltIns(environment.globals);
    return renderFor(request, () => {
      try {
        return render(environment, view, all);
      } catch (error) {
        throw describe(error, view);
      }
    });
  }
  return function renderView(view, values, request) {
    const common = request === undefined ? undefined : context?.(request);
    if (common instanceof Promise)
      return common.then((settled?: object) => renderWith(view, settled ?? {}, values, request));
    return renderWith(view, common ?? {}, values, request);
  };
}

/** @throws Error where the view is asynchronous: only handlers can await */
function render(environment: NunjucksEnvironment, view: string, values: object): string {
  const text = environment.render(view, values);
  if (text === null) {
    throw new Error(`The view ${view} is asynchronous (asyncEach, asyncAll). Await its values in the handler instead.`);
  }
  return text;
}
