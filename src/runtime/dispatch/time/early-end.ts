import { HttpError } from '../../http/errors/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import { closeBody } from '../../http/reply/body-owner.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { loadRequestParts } from '../../http/request/request-parts.lazy.js';
import { replyToError } from '../error-replies.js';
import type { FailingApp } from '../failing-app.js';

/** The time that `onError` has for the reply to an exchange that took too long, in milliseconds. */
const ON_ERROR_TIME = 50;

/**
 * Makes the reply to an exchange that ends early. The request's signal fires. The late reply is dropped, its body closed;
 * a late error is logged like any other.
 *
 * @param late the reply that did not come in time; never rejects
 */
export function endEarly(
  late: Promise<HttpReply>,
  request: HttpRequest,
  status: 503 | 504,
  reason: string,
  app: FailingApp,
): HttpReply | Promise<HttpReply> {
  late.then(({ body }) => closeBody(body));
  return replyToError(app, giveUp(request, status, reason), request, ON_ERROR_TIME);
}

/** Ends the work on a request; returns the error to reply with. */
export function giveUp(request: HttpRequest, status: number, reason: string): HttpError {
  const error = new HttpError(status, reason, { expose: false });
  loadRequestParts().abortRequest(request, error);
  return error;
}
