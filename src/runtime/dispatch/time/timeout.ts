import type { HttpRequest } from '../../http/http-request.js';
import { raceTimeout } from '../../http/race-timeout.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { requestDeadlineOf } from '../../http/request-access.js';
import { exchangeOf } from '../exchange.js';
import { loadEarlyEnd } from './early-end.lazy.js';
import type { Interruptions } from './interruptions.js';

/** A part of an exchange whose time is limited. */
export interface Stage {
  /** The subject of the log's sentence "… took longer than 500 ms". */
  readonly subject: string;
  /**
   * How much longer than the stages inside of it this one may take, to pass on their 504 or 503, in milliseconds; never
   * longer than the door's own deadline leaves (`Deadline.grace`).
   */
  readonly grace: number;
}

/** What limits the time of an app's exchanges. */
export interface TimeLimits {
  readonly options: { readonly timeout?: number | undefined };
  readonly interruptions: Interruptions | undefined;
  /** Makes the reply to an error; see `ErrorReplier`. */
  replyToError(error: unknown, request: HttpRequest, onErrorTime?: number): HttpReply | Promise<HttpReply>;
}

/**
 * Limits the time of a stage by the app's `timeout` and by the door's deadline (then the reply is a 504), and by the end of
 * the server (a 503).
 */
export function limitTime(
  reply: HttpReply | Promise<HttpReply>,
  request: HttpRequest,
  stage: Stage,
  limits: TimeLimits,
): HttpReply | Promise<HttpReply> {
  if (!(reply instanceof Promise)) return reply;
  const { options, interruptions } = limits;
  const deadline = requestDeadlineOf(request);
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  const grace = Math.min(stage.grace, deadline?.grace ?? stage.grace);
  const time = timeLeft(request);
  let limited = reply;
  if (time !== Number.POSITIVE_INFINITY) {
    const isDeadline = deadline !== undefined && deadline.at < expiresAt;
    const reason = isDeadline ? deadline.reason : `${stage.subject} took longer than ${options.timeout} ms`;
    limited = raceTimeout(reply, time + grace, () => loadEarlyEnd().endEarly(reply, request, 504, reason, limits));
  }
  return interruptions?.watch(limited, request, grace) ?? limited;
}

/** The time until the app's `timeout` or the door's deadline, whichever comes first, in milliseconds. */
export function timeLeft(request: HttpRequest): number {
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  return Math.max(Math.min(expiresAt, requestDeadlineOf(request)?.at ?? expiresAt) - Date.now(), 0);
}
