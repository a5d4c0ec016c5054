import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import { abortRequest, type HttpRequest, requestDeadlineOf } from '../http/http-request.js';
import { raceTimeout } from '../http/race-timeout.js';
import type { ErrorReplier } from './error-replies.js';
import { exchangeOf } from './exchange.js';
import type { Interruptions } from './interruptions.js';

/** A part of an exchange whose time is limited. */
export interface Stage {
  /** The subject of the log's sentence "… took longer than 500 ms". */
  readonly subject: string;
  /**
   * How much longer than the stages inside of it this one may take, to pass on their 504 or 503, in milliseconds. A door
   * that leaves less time before its own deadline has the last word.
   */
  readonly grace: number;
}

/** What limits the time of an app's exchanges. */
export interface TimeLimits {
  readonly options: { readonly timeout?: number };
  readonly interruptions: Interruptions | undefined;
  readonly replyToError: ErrorReplier;
}

/** The time that `onError` has for the reply to an exchange that took too long, in milliseconds. */
const ON_ERROR_TIME = 50;

/**
 * Limits the time of a stage by the app's `timeout` and by the door's deadline (then the reply is a 504), and by the end of
 * the server (a 503).
 */
export function limitTime(
  reply: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  stage: Stage,
  { options, interruptions, replyToError }: TimeLimits,
): HttpReply | Promise<HttpReply> {
  if (!(reply instanceof Promise)) return reply;
  const deadline = requestDeadlineOf(request);
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  const grace = Math.min(stage.grace, deadline?.grace ?? stage.grace);
  const time = timeLeft(request);
  let limited = reply;
  if (time !== Number.POSITIVE_INFINITY) {
    const isDeadline = deadline !== undefined && deadline.at < expiresAt;
    const reason = isDeadline ? deadline.reason : `${stage.subject} took longer than ${options.timeout} ms`;
    limited = raceTimeout(reply, time + grace, () => endEarly(reply, request, 504, reason, replyToError));
  }
  return interruptions?.watch(limited, request, grace) ?? limited;
}

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
  replyToError: ErrorReplier,
): HttpReply | Promise<HttpReply> {
  late.then(({ body }) => closeBody(body));
  return replyToError(giveUp(request, status, reason), request, ON_ERROR_TIME);
}

/** Limits a promise, such as that of a body's first chunk, to the time that its exchange has left; then it is a 504. */
export function orTimeout<T>(promise: Promise<T>, request: HttpRequest): Promise<T> {
  const time = timeLeft(request);
  if (time === Number.POSITIVE_INFINITY) return promise;
  return raceTimeout(promise, time, () =>
    Promise.reject(giveUp(request, 504, 'The time was over before the body was there')),
  );
}

/** The time until the app's `timeout` or the door's deadline, whichever comes first, in milliseconds. */
function timeLeft(request: HttpRequest): number {
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  return Math.max(Math.min(expiresAt, requestDeadlineOf(request)?.at ?? expiresAt) - Date.now(), 0);
}

/** Ends the work on a request; returns the error to reply with. */
function giveUp(request: HttpRequest, status: number, reason: string): HttpError {
  const error = new HttpError(status, reason, { expose: false });
  abortRequest(request, error);
  return error;
}
