import type { HttpRequest } from '../../http/http-request.js';
import { raceTimeout } from '../../http/race-timeout.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { requestDeadlineOf } from '../../http/request-access.js';
import { exchangeOf } from '../exchange.js';
import type { FailingApp } from '../failing-app.js';
import { loadFailureReplies } from '../failure-replies.lazy.js';
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
export interface TimeLimits extends FailingApp {
  readonly interruptions: Interruptions | undefined;
}

/**
 * Limits the time of a stage by the app's `timeout` and by the door's deadline (then the reply is a 504), and by the end of
 * the server (a 503).
 */
export function limitTime(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  stage: Stage,
  limits: TimeLimits,
): Promise<HttpReply> {
  const { options, interruptions } = limits;
  const deadline = requestDeadlineOf(request);
  const { expiresAt = Number.POSITIVE_INFINITY } = exchangeOf(request);
  const grace = Math.min(stage.grace, deadline?.grace ?? stage.grace);
  const isDeadline = deadline !== undefined && deadline.at < expiresAt;
  const time = Math.max((isDeadline ? deadline.at : expiresAt) - Date.now(), 0) + grace;
  let limited = reply;
  if (time !== Number.POSITIVE_INFINITY) {
    limited = raceTimeout(reply, time, () => {
      const reason = isDeadline ? deadline.reason : `${stage.subject} took longer than ${options.timeout} ms`;
      return loadFailureReplies().endEarly(reply, request, 504, reason, limits);
    });
  }
  return interruptions?.watch(limited, request, grace) ?? limited;
}
