import type { HttpRequest } from '../http-request.js';
import { HttpReply, uncheckedReply } from '../reply/http-reply.js';
import { loadRareReplies } from '../reply/rare-replies.lazy.js';
import { loadStreamOwner } from '../reply/stream-owner.lazy.js';
import { cspNonceOf } from './csp-nonce.js';
import { BUG, type ErrorSummary, isErrorStatus, summarise } from './error-summary.js';
import { type Problem, type ProblemShape, placeOf } from './problem.js';
import { reasonPhrase } from './reason-phrase.js';
import type { ShapedProblem, ShapeOptions } from './shaped-problem.js';
import { loadShapedProblem } from './shaped-problem.lazy.js';

/** How an app wants its problems. */
export interface ProblemOptions extends ShapeOptions {
  /** Makes the page for a browser. Default: the built-in one. */
  readonly makePage: ((asked: ErrorPageRequest) => Promise<string>) | undefined;
  readonly shape: ProblemShape | undefined;
}

/** What the page for an error is made of. */
export interface ErrorPageRequest extends ShapeOptions {
  readonly status: number;
  readonly document: Partial<Problem>;
  readonly thrown: unknown;
  readonly request: HttpRequest;
  /** Makes the page that needs no views. */
  builtIn(): string;
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
  const problem = toProblem(summary, request);
  const { shape } = options;
  const shaped = shape && loadShapedProblem().shapeProblem(shape, problem, thrown, request, options);
  const finish = (settled: HttpReply | ShapedProblem | undefined): HttpReply | Promise<HttpReply> => {
    try {
      return settled instanceof HttpReply
        ? replyAsIs(settled, thrown)
        : replyWithDocument(settled?.document ?? problem, summary, thrown, request, options, settled?.json);
    } catch (error) {
      options.report(error, request);
      return replyWithDocument(toProblem(BUG, request), BUG, thrown, request, options);
    }
  };
  return shaped instanceof Promise ? shaped.then(finish) : finish(shaped);
}

function replyAsIs(shaped: HttpReply, thrown: unknown): HttpReply {
  loadStreamOwner().ignoreErrors(shaped.body);
  shaped.error = thrown;
  return loadRareReplies().normaliseReply(shaped);
}

function replyWithDocument(
  document: Partial<Problem>,
  summary: ErrorSummary,
  thrown: unknown,
  request: HttpRequest,
  options: ProblemOptions,
  body = JSON.stringify(document),
): HttpReply | Promise<HttpReply> {
  const status = isErrorStatus(document.status) ? document.status : summary.status;
  // Most errors have no headers of their own, which would have to be checked.
  const reply =
    summary.headers === undefined
      ? uncheckedReply(status, {}, body)
      : loadRareReplies().normaliseReply(new HttpReply(body, { status, headers: summary.headers as never }));
  reply.headers['content-type'] = 'application/problem+json';
  // HTTP clients throw errors with the headers of the response that they got: its coding is not that of this body.
  delete reply.headers['content-encoding'];
  reply.error = thrown ?? new Error(`thrown: ${thrown}`);
  const accept = acceptOf(request);
  if (!accept?.trimStart().toLowerCase().startsWith('text/html')) return reply;
  return tryPage(reply, accept, { status, document, thrown, request, ...options }).catch((error) => {
    // The client gets the problem document.
    options.report(error, request);
    return reply;
  });
}

/** Makes a page of the reply, if the client prefers one. */
async function tryPage(
  reply: HttpReply,
  accept: string,
  asked: Omit<ErrorPageRequest, 'builtIn'> & ProblemOptions,
): Promise<HttpReply> {
  // Loaded for the first error that a browser gets.
  const { errorPage, prefersHtml } = await import('./error-page.js');
  if (prefersHtml(accept)) {
    const builtIn = () => errorPage(reply.status, asked.document, placeOf, cspNonceOf(asked.request));
    reply.body = asked.makePage === undefined ? builtIn() : await asked.makePage({ ...asked, builtIn });
    reply.headers['content-type'] = 'text/html; charset=utf-8';
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

/** What the client accepts; undefined where its headers cannot be read. */
function acceptOf(request: HttpRequest): string | undefined {
  try {
    return request.headers['accept'];
  } catch {
    return undefined;
  }
}
