import type { HttpRequest } from '../http/http-request.js';
import { sharedByCopies } from '../identity/copies.js';

/** How flashed messages are read. */
export interface FlashedMessagesOptions {
  /** Give pairs of category and message instead of messages alone. Default: false. */
  withCategories?: boolean;
  /** Only messages of these categories. Default: all. */
  categories?: readonly string[];
}

/** A category and a message. */
export type FlashedMessage = [category: string, message: string];

/** Reads the messages that were flashed to the client of a request. */
export type FlashedMessagesReader = (
  request: HttpRequest,
  options: FlashedMessagesOptions,
) => string[] | FlashedMessage[];

/** Flashes a message to the client of a request. */
export type FlashWriter = (request: HttpRequest, message: string, category?: string) => void;

/** Empty until the module of sessions is loaded. */
export const flashedMessages = sharedByCopies<{ read?: FlashedMessagesReader; write?: FlashWriter }>(
  'flashed-messages',
  {},
);

/**
 * The messages flashed to the client of a request; none in an app without sessions. For the views' built-in
 * `get_flashed_messages`, so that an app with views does not carry sessions.
 */
export function flashedMessagesOf(
  request: HttpRequest,
  options: FlashedMessagesOptions = {},
): string[] | FlashedMessage[] {
  return flashedMessages.read?.(request, options) ?? [];
}
