import type { HttpRequest } from '../http/http-request.js';

/** Renders views by name. Any template engine can implement it. */
export interface ViewEngine {
  /**
   * Checks a view; called at startup, for each `@Render`.
   *
   * @returns why the view cannot be rendered, and the fix; undefined where it can
   */
  findMistake(view: string): string | undefined;
  /**
   * Renders a view. What it throws becomes a 500.
   *
   * @param request what the page is for. Default: no request, such as for the text of an email; then the values that every
   *   view has of its request are not there
   */
  render(view: string, values: object, request?: HttpRequest): string | Promise<string>;
}
