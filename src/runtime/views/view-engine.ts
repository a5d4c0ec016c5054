import type { HttpRequest } from '../http/http-request.js';

/**
 * Checks the name of a route in a view, such as `PostController.show`.
 *
 * @param given the names of the values that the view passes. Default: they are known only when the view is rendered
 * @returns what is wrong, and the fix; undefined where nothing is
 */
export type RouteCheck = (name: string, given?: readonly string[]) => string | undefined;

/** Renders views by name. Any template engine can implement it. */
export interface ViewEngine {
  /**
   * Checks a view; called at startup, for each `@Render`.
   *
   * @param checkRoute checks the names of routes in it. Default: they are not checked
   * @returns why the view cannot be rendered, and the fix; undefined where it can
   */
  findMistake(view: string, checkRoute?: RouteCheck): string | undefined;
  /** The names of all views, for the pages of errors (`errors/404.html`). Default: the app has no error pages of its own. */
  list?(): readonly string[];
  /**
   * Renders a view. What it throws becomes a 500.
   *
   * @param request what the page is for. Default: no request, such as for the text of an email; then the values that every
   *   view has of its request are not there
   */
  render(view: string, values: object, request?: HttpRequest): string | Promise<string>;
}
