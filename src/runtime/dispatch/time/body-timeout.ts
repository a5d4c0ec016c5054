import type { HttpRequest } from '../../http/http-request.js';
import { raceTimeout } from '../../http/race-timeout.js';
import { loadFailureReplies } from '../failure-replies.lazy.js';
import { timeLeft } from './time-left.js';

/** Limits a promise, such as that of a body's first chunk, to the time that its exchange has left; then it is a 504. */
export function orTimeout<T>(promise: Promise<T>, request: HttpRequest): Promise<T> {
  const time = timeLeft(request);
  if (time === Number.POSITIVE_INFINITY) return promise;
  return raceTimeout(promise, time, () =>
    Promise.reject(loadFailureReplies().giveUp(request, 504, 'The time was over before the body was there')),
  );
}
