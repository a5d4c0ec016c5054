import type { HttpReply } from '../http/reply/http-reply.js';

/**
 * Makes a reply that depends on who the client is for this client alone: it must be asked for again with another one.
 * A `Cache-Control` of the app's own stays.
 *
 * @param header that says who the client is
 */
export function makePrivate({ headers }: HttpReply, header: 'Cookie' | 'Authorization' | undefined): void {
  headers['cache-control'] ??= 'private, no-cache';
  if (header === undefined) return;
  const vary = headers['vary'];
  const names = vary?.split(',').map((each) => each.trim().toLowerCase()) ?? [];
  if (names.includes(header.toLowerCase()) || names.includes('*')) return;
  headers['vary'] = vary ? `${vary}, ${header}` : header;
}
