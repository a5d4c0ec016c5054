/** What `nunjucks()` takes; the same whether views are read from files or are part of a bundle. */
export interface NunjucksOptions {
  /** Where the views are, relative to the working directory. Default: `src/views`. */
  folder?: string;
  /** Filters of your own, by name: `{{ price | euros }}`. They return at once, not a promise. */
  filters?: Readonly<Record<string, NunjucksFilter>>;
  /** Values and functions that every view sees, by name. What a handler returns goes before them. */
  globals?: Readonly<Record<string, unknown>>;
}

/** A filter: what stands before the `|`, then the filter's own arguments. */
export type NunjucksFilter = (value: never, ...args: never[]) => unknown;

/** Where views are unless the app says otherwise. */
export const DEFAULT_FOLDER = 'src/views';
