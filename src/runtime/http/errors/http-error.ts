import { brand } from '../../identity/brand.js';
import { reasonPhrase } from './reason-phrase.js';

/** What an {@link HttpError} takes besides its status and message. */
export interface HttpErrorOptions {
  /** Headers for the reply, such as `retry-after`. Like the message, they are sent only if `expose` is true. */
  headers?: Record<string, string> | undefined;
  /** Whether the client gets the message, the headers and the errors. Default: true for a status below 500. */
  expose?: boolean | undefined;
  /** The error behind this one. For the log; the client never gets it. */
  cause?: unknown;
  /** One entry per mistake; sent as the problem's `errors`. */
  errors?: readonly BindingIssue[] | undefined;
}

/** One mistake in a request, with its place: `in` is the part of the request, `path` leads to the value inside of it. */
export interface BindingIssue {
  /** The part of the request. */
  in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** Where the value is, such as `tags[2]`; empty for the whole part. */
  path: string;
  /** One sentence for a person. */
  message: string;
  /** The messages of class-validator's constraints that failed, by name. */
  constraints?: Record<string, string>;
}

/**
 * An error with an HTTP status. Throw it anywhere in a request, and it becomes the reply: an `application/problem+json`
 * document (RFC 9457) with the status, its reason and, if `expose` is true, the message.
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
   * @param message for the log, and for the client if `expose` is true. Default: the name of the status.
   * @throws RangeError for any other status
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

brand(HttpError, 'HttpError');
