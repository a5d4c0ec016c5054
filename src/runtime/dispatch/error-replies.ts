import type { AppOptions } from '../app.js';
import { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { LogRecord } from '../http/log-record.js';
import { orElse } from '../http/or-else.js';
import { problemReply } from '../http/problem.js';
import { replyOf } from '../link/reply-maker.js';

/**
 * Makes an answer of something thrown. Never throws and never rejects.
 *
 * @param patience how long the app's `onError` may take, in milliseconds, where the time is over already
 */
export type ErrorReplier = (error: unknown, request: HttpRequest, patience?: number) => HttpReply | Promise<HttpReply>;

/**
 * Makes an app's way with errors: `onError` maps what was thrown, what is left becomes a problem document, and what is
 * a bug is logged. None of an app's own functions can take the answer with it by throwing.
 */
export function createErrorReplier(options: Readonly<AppOptions>): ErrorReplier {
  const { onError, log = logToConsole } = options;
  const showStack = options.development ?? process.env['NODE_ENV'] === 'development';
  const { problem: shape } = options;

  /** The answer, when the log has been told of what must be there: Lambda may stop the process as soon as it answers. */
  const logged = (reply: HttpReply, error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> =>
    reply.status < 500 || reply.status === 501 ? reply : report(log, error, request).then(() => reply);

  const conclude = (error: unknown, original: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> => {
    let told: Promise<void> | undefined;
    const finish = (reply: HttpReply): HttpReply | Promise<HttpReply> => {
      reply.error = original ?? reply.error;
      const last = logged(reply, error, request);
      return told === undefined ? last : told.then(() => last);
    };
    const reply = problemReply(error, request, {
      showStack,
      shape,
      report(failure) {
        told = report(log, failure, request);
      },
    });
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
      return logged(reply, error, request);
    } catch (failure) {
      return conclude(failure, error, request);
    }
  };
  return (error, request, patience) => {
    try {
      const result: unknown = onError(error, request);
      if (typeof (result as { then?: unknown } | undefined | null)?.then !== 'function') {
        return mapped(result, error, request);
      }
      const answer = Promise.resolve(result).then(
        (settled: unknown) => mapped(settled, error, request),
        (thrown: unknown) => conclude(thrown, error, request),
      );
      return patience === undefined ? answer : orElse(answer, patience, () => conclude(error, error, request));
    } catch (thrown) {
      return conclude(thrown, error, request);
    }
  };
}

/** Resolves when the log has been told; never rejects. */
async function report(log: NonNullable<AppOptions['log']>, error: unknown, request: HttpRequest): Promise<void> {
  try {
    // Loaded when the first bug is met.
    const { toLogRecord } = await import('../http/log-record.js');
    // It may be asynchronous, and reject; nobody waits for it.
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
