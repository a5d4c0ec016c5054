import { reasonPhrase } from './reason-phrase.js';

/** What an {@link HttpError} takes beside its status and message. */
export interface HttpErrorOptions {
  /** Headers for the answer, such as `retry-after`. */
  headers?: Record<string, string>;
  /** Whether the client may read the message. Default: below 500. */
  expose?: boolean;
  /** What led here; for the log, never for the client. */
  cause?: unknown;
  /** One entry a mistake, sent as the problem's `errors`. */
  errors?: readonly BindingIssue[];
}

/** One mistake in a request, with its place: `in` names the part, `path` leads to the value inside of it. */
export interface BindingIssue {
  /** The part of the request. */
  in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** The way to the value, such as `tags[2]`; empty for the whole part. */
  path: string;
  /** One sentence for a person. */
  message: string;
  /** class-validator's constraints that failed, by name. */
  constraints?: Record<string, string>;
}

/**
 * An error that knows its HTTP status. Thrown from anywhere in a request, it becomes the answer: an
 * `application/problem+json` document (RFC 9457) with the status, its reason and, if `expose`, the message.
 *
 * @example
 * ```ts
 * throw new HttpError(409, 'This name is taken', { headers: { 'retry-after': '60' } });
 * ```
 */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';
  readonly status: number;
  readonly expose: boolean;
  readonly headers: Record<string, string> | undefined;
  readonly errors: readonly BindingIssue[] | undefined;

  /**
   * @param status an integer from 400 to 599
   * @param message for the client below 500 (unless `expose` says otherwise), for the log always
   * @throws RangeError where the status is no error's
   */
  constructor(status: number, message?: string, options: HttpErrorOptions = {}) {
    super(
      message ?? reasonPhrase(status) ?? `Error ${status}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`HttpError: ${status} is not a status of an error. Use an integer from 400 to 599.`);
    }
    this.status = status;
    this.expose = options.expose ?? status < 500;
    this.headers = options.headers;
    this.errors = options.errors;
  }
}
