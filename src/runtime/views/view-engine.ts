/** Renders views by name. Any template engine can implement it. */
export interface ViewEngine {
  /**
   * Checks a view; called at startup, for each `@Render`.
   *
   * @returns why the view cannot be rendered, and the fix; undefined where it can
   */
  findMistake(view: string): string | undefined;
  /** Renders a view. What it throws becomes a 500. */
  render(view: string, values: object): string | Promise<string>;
}
