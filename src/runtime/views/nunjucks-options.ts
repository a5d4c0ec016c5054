/** What `nunjucks()` takes, for views in files and in bundles. */
export interface NunjucksOptions {
  /** The folder of views, relative to the working directory. Default: `src/views`. */
  folder?: string | undefined;
  /** Your own filters, by name: `{{ price | euros }}`. They cannot return promises. Default: none. */
  filters?: Readonly<Record<string, NunjucksFilter>> | undefined;
  /** Values and functions for every view, by name; a handler's values override them. Default: none. */
  globals?: Readonly<Record<string, unknown>> | undefined;
}

/** A filter: a function of the value before the `|` and of the filter's arguments. */
export type NunjucksFilter = (value: never, ...args: never[]) => unknown;

/** The default folder of views. */
export const DEFAULT_FOLDER = 'src/views';
