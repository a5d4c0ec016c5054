import { type BindingIssue, HttpError } from './http-error.js';
import { HttpReply, settleReply } from './http-reply.js';
import type { HttpRequest } from './http-request.js';
import { reasonPhrase } from './reason-phrase.js';

/** What is sent of an error: a problem document (RFC 9457), its members in this order. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly BindingIssue[];
  requestId?: string;
}

/** What is sent of a problem in place of ours: a document with a `status` of its own, or a whole answer. */
export type ProblemShape = (problem: Problem, error: unknown, request: HttpRequest) => object;

/** How an app wants its problems. */
export interface ProblemOptions {
  readonly showStack: boolean;
  readonly shape: ProblemShape | undefined;
  /** Told where `shape` itself fails. */
  readonly report: (error: unknown, request: HttpRequest) => void;
}

/** What can be safely known of something thrown. */
interface Fault {
  status: number;
  detail: string | undefined;
  headers: Record<string, unknown> | undefined;
  errors: readonly BindingIssue[] | undefined;
}

const BUG: Fault = { status: 500, detail: undefined, headers: undefined, errors: undefined };

/** Reads a thrown value in the style of http-errors. It may be anything: null, a Proxy, an error whose getters throw. */
function readFault(thrown: unknown): Fault {
  try {
    if (typeof thrown !== 'object' || thrown === null) return BUG;
    const { status, expose, message, headers } = thrown as Record<string, unknown>;
    if (!isErrorStatus(status)) return BUG;
    const isExposed = typeof expose === 'boolean' ? expose : status < 500;
    return {
      status,
      detail: isExposed && typeof message === 'string' && message !== '' ? message : undefined,
      headers: readHeaders(headers),
      errors: thrown instanceof HttpError ? thrown.errors : undefined,
    };
  } catch {
    return BUG;
  }
}

/** The headers of an error: a record, or the global `Headers`. */
function readHeaders(headers: unknown): Record<string, unknown> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  if (!(Symbol.iterator in headers)) return { ...headers };
  const record = Object.fromEntries(headers as Iterable<[string, unknown]>);
  // It iterates over cookies one by one.
  const { getSetCookie } = headers as { getSetCookie?: () => unknown };
  return getSetCookie === undefined ? record : { ...record, 'set-cookie': getSetCookie.call(headers) };
}

/**
 * Makes the answer to something thrown. A browser (whose `Accept` begins with `text/html`) gets a small page, all
 * others `application/problem+json`. The error's own headers are sent along; should HTTP not allow one, it is a 500.
 */
export function problemReply(
  thrown: unknown,
  request: HttpRequest,
  options: ProblemOptions,
): HttpReply | Promise<HttpReply> {
  const fault = readFault(thrown);
  try {
    return toAnswer(thrown, fault, request, options);
  } catch (error) {
    options.report(error, request);
    return toAnswer(thrown, BUG, request, { ...options, shape: undefined });
  }
}

function toAnswer(
  thrown: unknown,
  fault: Fault,
  request: HttpRequest,
  options: ProblemOptions,
): HttpReply | Promise<HttpReply> {
  const shaped = shape(toProblem(fault, request), thrown, request, options);
  if (shaped instanceof HttpReply) {
    shaped.error = thrown;
    return settleReply(shaped);
  }
  const { document, status } = shaped;
  const isPage = prefersHtml(request);
  const headers = {
    ...(fault.headers as Record<string, string> | undefined),
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
  };
  const answer = settleReply(new HttpReply(JSON.stringify(document), { status, headers: ownHeaders(headers) }));
  answer.error = thrown ?? new Error(`thrown: ${thrown}`);
  return isPage ? asPage(answer, document, options.showStack && status >= 500 ? [thrown] : []) : answer;
}

/** @param shown what was thrown, where its stack is to be seen */
async function asPage(answer: HttpReply, document: Partial<Problem>, shown: readonly unknown[]): Promise<HttpReply> {
  // Loaded when the first browser is refused something.
  const { errorPage } = await import('./error-page.js');
  answer.body = errorPage(answer.status, document, shown, placeOf);
  return answer;
}

function toProblem(fault: Fault, request: HttpRequest): Problem {
  const title = reasonPhrase(fault.status) ?? 'Error';
  const problem: Problem = { type: 'about:blank', title, status: fault.status };
  if (fault.detail !== undefined && fault.detail !== title) problem.detail = fault.detail;
  if (fault.errors !== undefined) problem.errors = fault.errors;
  if (fault.status === 500) problem.requestId = request.id;
  return problem;
}

/** The document as the app wants it, and its status; ours where the app's own function fails. */
function shape(
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
        throw new TypeError('"problem" gave a promise, and cannot be asynchronous. Give the document itself.');
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

/**
 * In lower case, so that an error's own `Content-Type` does not stand beside ours. HTTP clients throw errors with the
 * headers of the answer that they got: its coding is not that of our body.
 */
function ownHeaders(headers: Record<string, string>): Record<string, string> {
  const own: Record<string, string> = Object.create(null);
  for (const name of Object.keys(headers)) own[name.toLowerCase()] = headers[name]!;
  delete own['content-encoding'];
  return own;
}

/** Whether `text/html` is what the client wants first: the first of its media ranges, and none weighs more. */
function prefersHtml(request: HttpRequest): boolean {
  let accept: string | undefined;
  try {
    accept = request.headers['accept'];
  } catch {
    return false;
  }
  if (accept === undefined || !/^[\t ]*text\/html[\t ]*(?:[;,]|$)/i.test(accept)) return false;
  const weights = accept.split(',').map((range) => Number(/;[\t ]*q=([0-9.]+)/i.exec(range)?.[1] ?? 1));
  return weights[0]! > 0 && Math.max(...weights) === weights[0];
}

/** Where a mistake is, in one word: `query.page`, `body.tags[2]`. */
export function placeOf(issue: BindingIssue): string {
  if (issue.path === '') return issue.in;
  return issue.path.startsWith('[') ? issue.in + issue.path : `${issue.in}.${issue.path}`;
}
