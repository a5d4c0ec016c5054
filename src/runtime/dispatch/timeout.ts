import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { orElse } from '../http/or-else.js';
import type { ErrorReplier } from './error-replies.js';

/** Ends the wait for an answer early. */
export interface Interruptions {
  /**
   * The same answer, unless it is interrupted before it is there.
   *
   * @param grace how much later than others, in milliseconds
   */
  watch(reply: Promise<HttpReply>, request: HttpRequest, grace: number): Promise<HttpReply>;
  /** Answers 503 in place of all that is under way, and fires its requests' signals. */
  interrupt(): void;
}

/** How long the app's `onError` may take for the answer of one that took too long, in milliseconds. */
const LAST_WORDS = 50;

/** Watches what is under way, so that a server that has to go can still answer. */
export function createInterruptions(replyToError: ErrorReplier): Interruptions {
  const underWay = new Set<() => void>();
  return {
    watch: (reply, request, grace) =>
      race(reply, request, replyToError, (end) => {
        const stop = () => end(503, 'The server shuts down');
        let timer: NodeJS.Timeout | undefined;
        const interrupt = () => {
          if (grace === 0) stop();
          else timer = setTimeout(stop, grace);
        };
        underWay.add(interrupt);
        return () => {
          clearTimeout(timer);
          underWay.delete(interrupt);
        };
      }),
    interrupt() {
      for (const interrupt of [...underWay]) interrupt();
    },
  };
}

/**
 * Answers 504 when the time is over, and fires the request's signal.
 *
 * @param milliseconds until then
 * @param reason for the log
 */
export function withTimeout(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  milliseconds: number,
  reason: string,
  replyToError: ErrorReplier,
): Promise<HttpReply> {
  return race(reply, request, replyToError, (end) => {
    const timer = setTimeout(() => end(504, reason), milliseconds);
    return () => clearTimeout(timer);
  });
}

/** What comes too late is dropped; what fails too late is logged like any other error. */
function race(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  replyToError: ErrorReplier,
  arm: (end: (status: number, reason: string) => void) => () => void,
): Promise<HttpReply> {
  return new Promise((resolve) => {
    let isOver = false;
    const disarm = arm((status, reason) => {
      isOver = true;
      disarm();
      const error = new HttpError(status, reason, { expose: false });
      request.abort(error);
      resolve(replyToError(error, request, LAST_WORDS));
    });
    reply.then((settled) => {
      disarm();
      if (isOver) closeBody(settled.body);
      else resolve(settled);
    });
  });
}

/** How long a request may still take, by the app's `timeout` and the door's deadline, in milliseconds. */
export function timeLeft({ deadline, expiresAt }: HttpRequest): number {
  const at = Math.min(expiresAt, deadline?.at ?? expiresAt);
  return at === Number.POSITIVE_INFINITY ? at : Math.max(at - Date.now(), 0);
}

/** A promise that must come in time, such as that of a body's first chunk; rejects with a 504 otherwise. */
export function orTimeout<T>(promise: Promise<T>, request: HttpRequest): Promise<T> {
  const left = timeLeft(request);
  if (left === Number.POSITIVE_INFINITY) return promise;
  return orElse(promise, left, () => {
    const error = new HttpError(504, 'The time was over before the body was there', { expose: false });
    request.abort(error);
    return Promise.reject(error);
  });
}
