import statuses from 'statuses';

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
      message ?? statuses.message[status] ?? `Error ${status}`,
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

/** 400: the request is malformed. */
export class BadRequestError extends HttpError {
  override readonly name = 'BadRequestError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(400, message, options);
  }
}

/** 401: who is asking is not known. */
export class UnauthorizedError extends HttpError {
  override readonly name = 'UnauthorizedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(401, message, options);
  }
}

/** 403: who is asking may not. */
export class ForbiddenError extends HttpError {
  override readonly name = 'ForbiddenError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(403, message, options);
  }
}

/** 404: there is nothing here. */
export class NotFoundError extends HttpError {
  override readonly name = 'NotFoundError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(404, message, options);
  }
}

/** 409: the request does not fit the state of the resource. */
export class ConflictError extends HttpError {
  override readonly name = 'ConflictError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(409, message, options);
  }
}

/** 422: well-formed, but it makes no sense. */
export class UnprocessableEntityError extends HttpError {
  override readonly name = 'UnprocessableEntityError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(422, message, options);
  }
}

/** 429: too many requests. */
export class TooManyRequestsError extends HttpError {
  override readonly name = 'TooManyRequestsError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(429, message, options);
  }
}

/** 503: not now. */
export class ServiceUnavailableError extends HttpError {
  override readonly name = 'ServiceUnavailableError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(503, message, options);
  }
}
