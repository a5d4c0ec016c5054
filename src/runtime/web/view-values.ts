import type { HttpRequest } from '../http/http-request.js';
import { sharedByCopies } from '../identity/copies.js';

/**
 * Makes a value for the views of a request: called when a view first reads it, once for each page. A promise is awaited,
 * so that a view reads what it resolves to.
 */
export type ViewValue = (request: HttpRequest) => unknown;

/**
 * The values that features give to every view, by name. The module of a feature adds its own while it is loaded, so that
 * an app with views does not carry features that it does not use.
 */
export const viewValues = sharedByCopies('view-values', new Map<string, ViewValue>());

/** The names that every view can read, whatever the app uses. */
export const BUILT_IN_NAMES = [
  'request',
  'url_for',
  'asset_url',
  'get_flashed_messages',
  'csp_nonce',
  'current_user',
  'form',
] as const;

/** Values for a view: any object without the names that every view has already. */
export type ViewData = object & { readonly [name in (typeof BUILT_IN_NAMES)[number]]?: never };

/** Whether every view has a value of this name already, so that an app cannot give another one. */
export function isBuiltIn(name: string): boolean {
  return (BUILT_IN_NAMES as readonly string[]).includes(name) || viewValues.has(name);
}
