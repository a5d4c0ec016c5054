import type { AppOptions } from '../app.js';
import { summarise } from '../http/errors/error-summary.js';
import { type ErrorPageRequest, problemReply } from '../http/errors/problem-reply.js';
import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import { raceTimeout } from '../http/race-timeout.js';
import { ownBody } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { settleLate } from '../http/reply/late-reply.js';
import { loadStreamOwner } from '../http/reply/stream-owner.lazy.js';
import { toReply } from '../http/reply/to-reply.js';
import { loadRequestParts } from '../http/request/request-parts.lazy.js';
import type { ErrorReplier, FailingApp } from './failing-app.js';
import { type ReplyOrigin, replyHook } from './reply-hook.js';

/** Makes a reply to an error, and logs it where it is a bug. Never throws and never rejects. */
export function replyToError(
  app: FailingApp,
  error: unknown,
  request: HttpRequest,
  onErrorTime?: number,
): HttpReply | Promise<HttpReply> {
  app.errorReplier ??= createErrorReplier(app.options);
  return app.errorReplier(error, request, onErrorTime);
}

/**
 * Makes the reply to an error in an exchange.
 *
 * @param finish applied to the reply. Default: its body is taken over
 */
export function replyWithin(
  app: FailingApp,
  error: unknown,
  request: HttpRequest,
  finish: (reply: HttpReply, request: HttpRequest) => HttpReply | Promise<HttpReply> = ownBody,
): HttpReply | Promise<HttpReply> {
  const reply = replyToError(app, error, request);
  return reply instanceof Promise ? reply.then((made) => finish(made, request)) : finish(reply, request);
}

/** Makes the reply to what fails while a door sends another one, such as a body. Never throws and never rejects. */
export function replyToLateError(
  app: ReplyOrigin,
  error: unknown,
  request: HttpRequest,
): HttpReply | Promise<HttpReply> {
  const reply = replyToError(app, error, request);
  return replyHook.see?.(request, reply, app) ?? reply;
}

/**
 * Makes the error replier of an app: `onError` maps what was thrown, the rest becomes a problem document, and what the
 * client cannot see is logged. Where one of the app's own functions throws, there is still a reply.
 */
function createErrorReplier(options: Readonly<AppOptions>): ErrorReplier {
  const { onError, log } = options;
  const replyWithProblem = createProblemReplier(options);

  /** Replies with what `onError` returned: undefined, another error, or a reply. */
  function replyWithMapped(
    mapped: unknown,
    error: unknown,
    request: HttpRequest,
    onErrorTime?: number,
  ): HttpReply | Promise<HttpReply> {
    if (mapped === undefined) return replyWithProblem(error, error, request, onErrorTime);
    if (mapped instanceof Error) return replyWithProblem(mapped, error, request, onErrorTime);
    return mappedReply(mapped, error, request)
      .then((reply) => (reply.status >= 500 ? report(log, error, request).then(() => reply) : reply))
      .catch((failure: unknown) => replyWithProblem(failure, error, request, onErrorTime));
  }

  return function replyToThrown(error, request, onErrorTime) {
    try {
      const mapped: unknown = onError?.(error, request);
      if (!isThenable(mapped)) return replyWithMapped(mapped, error, request, onErrorTime);
      return inTime(Promise.resolve(mapped), onErrorTime).then(
        (settled: unknown) => replyWithMapped(settled, error, request, onErrorTime),
        (thrown: unknown) => replyWithProblem(thrown, error, request, onErrorTime),
      );
    } catch (thrown) {
      return replyWithProblem(thrown, error, request, onErrorTime);
    }
  };
}

/**
 * Replies to an error with a problem document, and logs it.
 *
 * @param original what was thrown in the first place, for middleware to read
 */
type ProblemReplier = (
  error: unknown,
  original: unknown,
  request: HttpRequest,
  onErrorTime?: number,
) => HttpReply | Promise<HttpReply>;

function createProblemReplier(options: Readonly<AppOptions>): ProblemReplier {
  const { log, problem: shape, development, views } = options;
  const isDevelopment = development ?? process.env['NODE_ENV'] === 'development';
  const hasOwnPages = isDevelopment || views?.list !== undefined;
  async function makePage(asked: ErrorPageRequest): Promise<string> {
    // Loaded for the first page.
    const { makeErrorPage } = await import('./error-pages/make-error-page.js');
    return makeErrorPage(options, isDevelopment, asked);
  }
  return function replyWithProblem(error, original, request, onErrorTime) {
    let reported: Promise<void> | undefined;
    const reply = problemReply(error, request, {
      makePage: hasOwnPages ? makePage : undefined,
      shape,
      report(failure) {
        reported = report(log, failure, request);
      },
      inTime: (shaped) => inTime(shaped, onErrorTime),
    });
    const finish = (made: HttpReply): HttpReply | Promise<HttpReply> => {
      made.error = original ?? made.error;
      // Lambda may freeze the process as soon as it has the reply: the log comes first.
      const logged = isLogged(made, error) ? report(log, error, request).then(() => made) : made;
      return reported === undefined ? logged : reported.then(() => logged);
    };
    return reply instanceof Promise ? reply.then(finish) : finish(reply);
  };
}

async function mappedReply(mapped: unknown, error: unknown, request: HttpRequest): Promise<HttpReply> {
  const reply = toReply(await settleLate(mapped, request));
  loadStreamOwner().ignoreErrors(reply.body);
  reply.error = error;
  return reply;
}

/** Limits the time of one of the app's functions, in milliseconds; undefined stands for one that took too long. */
function inTime<T>(result: Promise<T>, time: number | undefined): Promise<T | undefined> {
  return time === undefined ? result : raceTimeout(result, time, () => undefined);
}

/** Whether an error is logged: one that the client does not see, except a 404; and every failure of the server. */
function isLogged(reply: HttpReply, error: unknown): boolean {
  const { status, isExposed } = summarise(error);
  // A method that the server does not know is the client's mistake.
  if (status === 501 && isExposed) return false;
  return reply.status >= 500 || (!isExposed && status !== 404);
}

/** Resolves when `log` was called; never rejects. */
async function report(log: AppOptions['log'], error: unknown, request: HttpRequest): Promise<void> {
  try {
    // Loaded for the first bug.
    const { toLogLine, toLogRecord, toLogText } = await import('../http/errors/log-record.js');
    const { status, isForeign } = summarise(error);
    const fields = loadRequestParts().logFieldsOf(request);
    const record = toLogRecord(error, request, fields, isForeign ? status : undefined);
    if (log === undefined) {
      // One line of JSON where machines read the log, as CloudWatch does; else text for people.
      console.error(fields === undefined ? toLogText(record) : toLogLine(record));
    } else {
      // It may be asynchronous and reject; nobody waits for it.
      Promise.resolve(log(error, request, record)).catch(() => {});
    }
  } catch (failure) {
    // The client gets its reply even if the log fails.
    console.error(failure);
  }
}
