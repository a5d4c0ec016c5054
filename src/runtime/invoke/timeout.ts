import { HttpError } from '../http/http-error.js';
import { closeBody, type HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { AnswerError } from './error-answers.js';

/**
 * Answers 504 when the time is over, and fires the request's signal. What comes too late is dropped; what fails too late
 * is logged like any other error.
 *
 * @param milliseconds until then
 * @param reason for the log
 */
export function withTimeout(
  reply: Promise<HttpReply>,
  request: HttpRequest,
  milliseconds: number,
  reason: string,
  answerError: AnswerError,
): Promise<HttpReply> {
  return new Promise((resolve) => {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      const error = new HttpError(504, reason, { expose: false });
      request.abort(error);
      resolve(answerError(error, request));
    }, milliseconds);
    reply.then((settled) => {
      clearTimeout(timer);
      if (isOver) closeBody(settled.body);
      else resolve(settled);
    });
  });
}
