import type { AppOptions } from '../app.js';
import { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { type LogRecord, toLogRecord } from '../http/log-record.js';
import { type ProblemOptions, problemReply } from '../http/problem.js';
import { replyOf } from './reply-maker.js';

/** Makes an answer of something thrown. Never throws and never rejects. */
export type AnswerError = (error: unknown, request: HttpRequest) => HttpReply | Promise<HttpReply>;

/**
 * Makes an app's way with errors: `onError` maps what was thrown, what is left becomes a problem document, and what is
 * a bug is logged. None of an app's own functions can take the answer with it by throwing.
 */
export function createErrorAnswers(options: Readonly<AppOptions>): AnswerError {
  const { onError, log = logToConsole } = options;
  const problems: ProblemOptions = {
    showStack: options.development ?? process.env['NODE_ENV'] === 'development',
    shape: options.problem,
    report: (error, request) => report(log, error, request),
  };

  const conclude = (error: unknown, original: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> => {
    const finish = (reply: HttpReply) => {
      if (reply.status >= 500 && reply.status !== 501) report(log, error, request);
      reply.error = original ?? reply.error;
      return reply;
    };
    const reply = problemReply(error, request, problems);
    return reply instanceof Promise ? reply.then(finish) : finish(reply);
  };
  if (onError === undefined) return (error, request) => conclude(error, error, request);

  /** What `onError` gave: nothing, another error, or an answer. */
  const mapped = (result: unknown, error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> => {
    if (result === undefined) return conclude(error, error, request);
    if (result instanceof Error) return conclude(result, error, request);
    try {
      const reply = replyOf(result);
      reply.error = error;
      return reply;
    } catch (failure) {
      return conclude(failure, error, request);
    }
  };
  return (error, request) => {
    try {
      const result: unknown = onError(error, request);
      if (typeof (result as { then?: unknown } | undefined | null)?.then !== 'function') {
        return mapped(result, error, request);
      }
      return Promise.resolve(result).then(
        (settled: unknown) => mapped(settled, error, request),
        (thrown: unknown) => conclude(thrown, error, request),
      );
    } catch (thrown) {
      return conclude(thrown, error, request);
    }
  };
}

function report(log: NonNullable<AppOptions['log']>, error: unknown, request: HttpRequest): void {
  try {
    // It may be asynchronous, and reject.
    Promise.resolve(log(error, request, toLogRecord(error, request))).catch(() => {});
  } catch {
    // A log that fails must not take the answer with it.
  }
}

/** One line of JSON where machines read the log, as CloudWatch does; else for people. */
function logToConsole(error: unknown, request: HttpRequest, record: LogRecord): void {
  if (request.logFields === undefined) console.error(`[${request.id}] ${request.method} ${request.path}`, error);
  else console.error(JSON.stringify(record));
}
