import { type BindingIssue, HttpError } from './http-error.js';
import { HttpReply, normaliseReply } from './http-reply.js';
import type { HttpRequest } from './http-request.js';
import { type Problem, type ProblemShape, placeOf } from './problem.js';
import { reasonPhrase } from './reason-phrase.js';

/** How an app wants its problems. */
export interface ProblemOptions {
  readonly showStack: boolean;
  readonly shape: ProblemShape | undefined;
  /** Called with what `shape` throws. */
  readonly report: (error: unknown, request: HttpRequest) => void;
}

/** The parts of an error that are sent. */
interface ErrorSummary {
  readonly status: number;
  readonly detail?: string | undefined;
  readonly headers?: Record<string, unknown> | undefined;
  readonly errors?: readonly BindingIssue[] | undefined;
}

const BUG: ErrorSummary = { status: 500 };

/** Reads a thrown value in the style of http-errors. It can be anything: null, a Proxy, an error whose getters throw. */
function summarise(thrown: unknown): ErrorSummary {
  try {
    if (typeof thrown !== 'object' || thrown === null) return BUG;
    const { status, expose, message, headers } = thrown as Record<string, unknown>;
    if (!isErrorStatus(status)) return BUG;
    const isExposed = typeof expose === 'boolean' ? expose : status < 500;
    return {
      status,
      detail: isExposed && typeof message === 'string' && message !== '' ? message : undefined,
      headers: readErrorHeaders(headers),
      errors: thrown instanceof HttpError ? thrown.errors : undefined,
    };
  } catch {
    return BUG;
  }
}

/** The headers of an error: a record, or the global `Headers`. */
function readErrorHeaders(headers: unknown): Record<string, unknown> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const record = Symbol.iterator in headers ? Object.fromEntries(headers as Iterable<[string, unknown]>) : headers;
  // `Headers` iterates over cookies one by one.
  const { getSetCookie } = headers as { getSetCookie?: () => unknown };
  return getSetCookie === undefined ? { ...record } : { ...record, 'set-cookie': getSetCookie.call(headers) };
}

/**
 * Makes the reply to something thrown. A browser (whose `Accept` begins with `text/html`) gets a small page, all other
 * clients `application/problem+json`. The error's own headers are sent with it; an error with a header that HTTP does not
 * allow is a 500.
 */
export function problemReply(
  thrown: unknown,
  request: HttpRequest,
  options: ProblemOptions,
): HttpReply | Promise<HttpReply> {
  const summary = summarise(thrown);
  try {
    return replyWithSummary(summary, thrown, request, options);
  } catch (error) {
    options.report(error, request);
    return replyWithSummary(BUG, thrown, request, { ...options, shape: undefined });
  }
}

function replyWithSummary(
  summary: ErrorSummary,
  thrown: unknown,
  request: HttpRequest,
  options: ProblemOptions,
): HttpReply | Promise<HttpReply> {
  const shaped = shapeProblem(toProblem(summary, request), thrown, request, options);
  if (shaped instanceof HttpReply) {
    shaped.error = thrown;
    return normaliseReply(shaped);
  }
  const { document, status } = shaped;
  const headers = (summary.headers ?? {}) as Record<string, string>;
  const reply = normaliseReply(new HttpReply(JSON.stringify(document), { status, headers }));
  reply.headers['content-type'] = 'application/problem+json';
  // HTTP clients throw errors with the headers of the response that they got: its coding is not that of this body.
  delete reply.headers['content-encoding'];
  reply.error = thrown ?? new Error(`thrown: ${thrown}`);
  const accept = acceptOf(request);
  if (!accept?.trimStart().toLowerCase().startsWith('text/html')) return reply;
  return tryPage(reply, accept, document, options.showStack && status >= 500 ? [thrown] : []);
}

/**
 * Makes a page of the reply, if the client prefers one.
 *
 * @param shown what was thrown, if its stack is to be shown
 */
async function tryPage(
  reply: HttpReply,
  accept: string,
  document: Partial<Problem>,
  shown: readonly unknown[],
): Promise<HttpReply> {
  // Loaded for the first error that a browser gets.
  const { errorPage, prefersHtml } = await import('./error-page.js');
  if (prefersHtml(accept)) {
    reply.headers['content-type'] = 'text/html; charset=utf-8';
    reply.body = errorPage(reply.status, document, shown, placeOf);
  }
  return reply;
}

function toProblem({ status, detail, errors }: ErrorSummary, request: HttpRequest): Problem {
  const title = reasonPhrase(status) ?? 'Error';
  const problem: Problem = { type: 'about:blank', title, status };
  if (detail !== undefined && detail !== title) problem.detail = detail;
  if (errors !== undefined) problem.errors = errors;
  if (status === 500) problem.requestId = request.id;
  return problem;
}

/** The document as the app wants it, and its status; the framework's own where the app's function fails. */
function shapeProblem(
  problem: Problem,
  thrown: unknown,
  request: HttpRequest,
  options: ProblemOptions,
): HttpReply | { document: Partial<Problem>; status: number } {
  if (options.shape !== undefined) {
    try {
      const document = options.shape({ ...problem }, thrown, request) as Partial<Problem>;
      if (document instanceof HttpReply) return document;
      if (typeof (document as { then?: unknown } | undefined)?.then === 'function') {
        Promise.resolve(document).catch(() => {});
        throw new TypeError('"problem" returned a promise, but it cannot be asynchronous. Return the document itself.');
      }
      if (typeof document === 'object' && document !== null) {
        JSON.stringify(document);
        return { document, status: isErrorStatus(document.status) ? document.status : problem.status };
      }
    } catch (error) {
      options.report(error, request);
    }
  }
  return { document: problem, status: problem.status };
}

function isErrorStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599;
}

/** What the client accepts; undefined where its headers cannot be read. */
function acceptOf(request: HttpRequest): string | undefined {
  try {
    return request.headers['accept'];
  } catch {
    return undefined;
  }
}
