import type { HttpRequest } from '../../http/http-request.js';
import { type FlashedMessage, type FlashedMessagesOptions, flashedMessages } from '../flashed-messages.js';
import { hasOpenSession, openSessionOf } from './open-session.js';

/**
 * Keeps a message in the session until a page shows it, at the next request mostly: after a form was saved and the
 * browser is redirected. Views show it by `get_flashed_messages()`.
 *
 * @param category such as `success` or `error`, for the message's look. Default: `message`.
 * @throws Error where no `sessions()` runs for the request, and where the reply is on its way
 * @example
 * ```ts
 * flash(request, 'Saved', 'success');
 * ```
 */
export function flash(request: HttpRequest, message: string, category = 'message'): void {
  openSessionOf(request).flash(category, message);
}

/**
 * The messages that were flashed to this client, oldest first; they are not shown again at a later request. Each call in
 * one request gives the same. A HEAD request leaves them for the next one.
 *
 * @throws Error where no `sessions()` runs for the request
 * @example
 * ```ts
 * for (const [category, message] of getFlashedMessages(request, { withCategories: true })) …
 * ```
 */
export function getFlashedMessages(
  request: HttpRequest,
  options: FlashedMessagesOptions & { withCategories: true },
): FlashedMessage[];
export function getFlashedMessages(
  request: HttpRequest,
  options?: FlashedMessagesOptions & { withCategories?: false },
): string[];
export function getFlashedMessages(
  request: HttpRequest,
  { withCategories = false, categories }: FlashedMessagesOptions = {},
): string[] | FlashedMessage[] {
  const shown = openSessionOf(request)
    .readFlashes()
    .filter(([category]) => categories === undefined || categories.includes(category));
  return withCategories
    ? shown.map(([category, message]): FlashedMessage => [category, message])
    : shown.map(([, message]) => message);
}

/** Offers flashed messages to views and redirects. Called by `sessions()`: an app may flash without this module's functions. */
export function offerFlashes(): void {
  // A page of a part of the app without sessions has none to show.
  flashedMessages.read = (request, options) =>
    hasOpenSession(request) ? getFlashedMessages(request, options as { withCategories: true }) : [];
  flashedMessages.write = flash;
}
