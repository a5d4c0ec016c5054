import type { AppOptions } from '../app.js';
import { HttpReply } from '../http/http-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import type { LogRecord } from '../http/log-record.js';
import { problemReply } from '../http/problem-reply.js';
import { raceTimeout } from '../http/race-timeout.js';
import { logFieldsOf } from '../http/request-access.js';
import { toReply } from '../http/to-reply.js';

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

/**
 * Makes the error replier of an app: `onError` maps what was thrown, the rest becomes a problem document, and bugs are
 * logged. Where one of the app's own functions throws, there is still a reply.
 */
export function createErrorReplier(options: Readonly<AppOptions>): ErrorReplier {
  const { onError, log = logToConsole, problem: shape } = options;
  const showStack = options.development ?? process.env['NODE_ENV'] === 'development';

  /** The reply, once a bug is in the log: Lambda may freeze the process as soon as it has the reply. */
  function logBug(reply: HttpReply, error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    return reply.status < 500 || reply.status === 501 ? reply : report(log, error, request).then(() => reply);
  }

  /** @param original what was thrown in the first place, for middleware to read */
  function replyWithProblem(error: unknown, original: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    let reported: Promise<void> | undefined;
    const reply = problemReply(error, request, {
      showStack,
      shape,
      report(failure) {
        reported = report(log, failure, request);
      },
    });
    const finish = (made: HttpReply): HttpReply | Promise<HttpReply> => {
      made.error = original ?? made.error;
      const logged = logBug(made, error, request);
      return reported === undefined ? logged : reported.then(() => logged);
    };
    return reply instanceof Promise ? reply.then(finish) : finish(reply);
  }

  /** Replies with what `onError` returned: undefined, another error, or a reply. */
  function replyWithMapped(mapped: unknown, error: unknown, request: HttpRequest): HttpReply | Promise<HttpReply> {
    if (mapped === undefined) return replyWithProblem(error, error, request);
    if (mapped instanceof Error) return replyWithProblem(mapped, error, request);
    try {
      const reply = toReply(mapped);
      reply.error = error;
      return logBug(reply, error, request);
    } catch (failure) {
      return replyWithProblem(failure, error, request);
    }
  }

  return function replyToError(error, request, onErrorTime) {
    try {
      const mapped: unknown = onError?.(error, request);
      if (typeof (mapped as { then?: unknown } | undefined | null)?.then !== 'function') {
        return replyWithMapped(mapped, error, request);
      }
      const reply = Promise.resolve(mapped).then(
        (settled: unknown) => replyWithMapped(settled, error, request),
        (thrown: unknown) => replyWithProblem(thrown, error, request),
      );
      return onErrorTime === undefined
        ? reply
        : raceTimeout(reply, onErrorTime, () => replyWithProblem(error, error, request));
    } catch (thrown) {
      return replyWithProblem(thrown, error, request);
    }
  };
}

/** Resolves when `log` was called; never rejects. */
async function report(log: NonNullable<AppOptions['log']>, error: unknown, request: HttpRequest): Promise<void> {
  try {
    // Loaded for the first bug.
    const { toLogRecord } = await import('../http/log-record.js');
    // It may be asynchronous and reject; nobody waits for it.
    Promise.resolve(log(error, request, toLogRecord(error, request, logFieldsOf(request)))).catch(() => {});
  } catch {
    // The client gets its reply even if the log fails.
  }
}

/** One line of JSON where machines read the log, as CloudWatch does; else text for people. */
function logToConsole(error: unknown, request: HttpRequest, record: LogRecord): void {
  if (logFieldsOf(request) === undefined) console.error(`[${request.id}] ${request.method} ${request.path}`, error);
  else console.error(JSON.stringify(record));
}
