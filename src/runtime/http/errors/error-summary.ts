import { type BindingIssue, HttpError } from './http-error.js';

/** What of a thrown value concerns the reply. */
export interface ErrorSummary {
  readonly status: number;
  /** Whether the client gets more of it than its status. */
  readonly isExposed: boolean;
  /** Whether it has a status, but does not say whether it is for the client: an error of another library's client. */
  readonly isForeign: boolean;
  readonly detail?: string | undefined;
  readonly headers?: Record<string, unknown> | undefined;
  readonly errors?: readonly BindingIssue[] | undefined;
}

/** The summary of anything that is not an error with a status. */
export const BUG: ErrorSummary = { status: 500, isExposed: false, isForeign: false };

/**
 * Reads a thrown value by Koa's rule: its `status` is the reply's, but its message and headers are for the client only if
 * it says `expose: true`. Many libraries throw the response of another server, with that server's headers and secrets. It
 * can be anything: null, a Proxy, an error whose getters throw.
 *
 * @see https://github.com/koajs/koa/blob/master/docs/error-handling.md
 */
export function summarise(thrown: unknown): ErrorSummary {
  try {
    if (typeof thrown !== 'object' || thrown === null) return BUG;
    const { status, expose, message, headers } = thrown as Record<string, unknown>;
    if (!isErrorStatus(status)) return BUG;
    if (expose !== true) return { status, isExposed: false, isForeign: expose !== false };
    return {
      status,
      isExposed: true,
      isForeign: false,
      detail: typeof message === 'string' && message !== '' ? message : undefined,
      headers: readErrorHeaders(headers),
      errors: thrown instanceof HttpError ? thrown.errors : undefined,
    };
  } catch {
    return BUG;
  }
}

/** Whether a value is the status of an error: an integer from 400 to 599. */
export function isErrorStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599;
}

/** The headers of an error: a record, or the global `Headers`. */
function readErrorHeaders(headers: unknown): Record<string, unknown> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const record = Symbol.iterator in headers ? Object.fromEntries(headers as Iterable<[string, unknown]>) : headers;
  // `Headers` iterates over cookies one by one.
  const { getSetCookie } = headers as { getSetCookie?: () => unknown };
  return getSetCookie === undefined ? { ...record } : { ...record, 'set-cookie': getSetCookie.call(headers) };
}
