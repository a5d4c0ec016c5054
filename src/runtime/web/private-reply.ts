import type { HttpReply } from '../http/reply/http-reply.js';
import { addVary } from '../http/reply/vary.js';

/**
 * Makes a reply that depends on who the client is for this client alone: it must be asked for again with another one.
 * A `Cache-Control` of the app's own stays.
 *
 * @param header that says who the client is
 */
export function makePrivate({ headers }: HttpReply, header: 'Cookie' | 'Authorization' | undefined): void {
  headers['cache-control'] ??= 'private, no-cache';
  if (header !== undefined) addVary(headers, header);
}
