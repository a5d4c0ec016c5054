import type { HttpRequest } from '../../http/http-request.js';
import { requestDeadlineOf } from '../../http/request-access.js';
import { exchangeOf } from '../exchange.js';

/** The time until the app's `timeout` or the door's deadline, whichever comes first, in milliseconds. */
export function timeLeft(request: HttpRequest): number {
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  return Math.max(Math.min(expiresAt, requestDeadlineOf(request)?.at ?? expiresAt) - Date.now(), 0);
}
