/** Renders views by name. Small on purpose: any template engine fits behind it. */
export interface ViewEngine {
  /** Why this view cannot be rendered (it does not exist), or undefined where it can; asked once, at startup. */
  findProblem(view: string): string | undefined;
  /** The view as text. What it throws becomes a 500. */
  render(view: string, values: object): string | Promise<string>;
}
