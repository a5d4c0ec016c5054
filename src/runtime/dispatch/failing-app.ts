import type { AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';

/** An app whose errors become replies. */
export interface FailingApp {
  readonly options: Readonly<AppOptions>;
  /** Made for the app's first error. */
  errorReplier: ErrorReplier | undefined;
}

/**
 * Makes the reply to an error. Never throws and never rejects.
 *
 * @param onErrorTime the time that the app's `onError` has, in milliseconds. Default: no limit.
 */
export type ErrorReplier = (
  error: unknown,
  request: HttpRequest,
  onErrorTime?: number,
) => HttpReply | Promise<HttpReply>;
