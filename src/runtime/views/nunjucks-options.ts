import type { HttpRequest } from '../http/http-request.js';
import type { ViewData } from '../web/view-values.js';
import type { DateDefaults } from './date-filter.js';

/** What `nunjucks()` takes, for views in files and in bundles. */
export interface NunjucksOptions {
  /** The folder of views, relative to the working directory. Default: `src/views`. */
  folder?: string | undefined;
  /** Your own filters, by name: `{{ price | euros }}`. They cannot return promises. Default: none. */
  filters?: Readonly<Record<string, NunjucksFilter>> | undefined;
  /** Values and functions for every view, by name; a handler's values override them. Default: none. */
  globals?: (Readonly<Record<string, unknown>> & ViewData) | undefined;
  /**
   * Values for every view of a request, such as the menu of the user; it may be asynchronous. It runs before each page. A
   * handler's values override them. Default: none.
   */
  context?: ((request: HttpRequest) => ViewData | Promise<ViewData>) | undefined;
  /** How the filter `date` writes dates, unless a view says otherwise. Default: `{ locale: 'en', timeZone: 'UTC' }`. */
  dates?: DateDefaults | undefined;
}

/** A filter: a function of the value before the `|` and of the filter's arguments. */
export type NunjucksFilter = (value: never, ...args: never[]) => unknown;

/** The default folder of views. */
export const DEFAULT_FOLDER = 'src/views';
