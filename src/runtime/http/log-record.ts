import type { HttpRequest } from './http-request.js';

/** An error in a log line; its own members with plain values (`code`, `status`) are there as well. */
export interface LoggedError {
  /** The name of its class. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: LoggedError | undefined;
  /** Of an AggregateError. */
  readonly aggregateErrors: readonly LoggedError[] | undefined;
  readonly [member: string]: unknown;
}

/**
 * One line of the log, in pino's shape: plain data that any logger can write as JSON.
 *
 * @see https://github.com/pinojs/pino/blob/main/docs/api.md
 */
export interface LogRecord {
  /** 50, pino's level `error`. */
  readonly level: number;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly msg: string;
  /** The same as in the reply to a bug; on Lambda the invocation's own id. */
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** On Lambda: X-Ray's header, if there is one. */
  readonly traceId?: string;
  /** On Lambda: whether this is the first request of the process. */
  readonly coldStart?: boolean;
  readonly err: LoggedError;
}

/**
 * Makes the log record of an error. Never throws, whatever was thrown. This file imports nothing but types: bundles have
 * it as a separate file.
 *
 * @param logFields what the door adds
 */
export function toLogRecord(
  error: unknown,
  request: HttpRequest,
  logFields: Record<string, unknown> | undefined,
): LogRecord {
  const err = toLoggedError(error);
  const { id, method, path } = request;
  return {
    level: 50,
    time: Date.now(),
    msg: err.message || err.type,
    requestId: id,
    method,
    path,
    ...logFields,
    err,
  };
}

/** @param depth the most causes below each other */
function toLoggedError(error: unknown, depth = 5): LoggedError {
  const inner = (cause: unknown) => toLoggedError(cause, depth - 1);
  try {
    const { name, message, stack, cause, errors } = error as AggregateError;
    const isAggregate = error instanceof AggregateError && depth > 1;
    return {
      ...plainMembers(error as object),
      type: String(name ?? typeof error),
      message: String(message ?? error),
      // JSON leaves out members that are undefined.
      stack: stack === undefined ? stack : String(stack),
      cause: cause === undefined || depth === 1 ? undefined : inner(cause),
      aggregateErrors: isAggregate ? errors.map(inner) : undefined,
    };
  } catch {
    // The error is null or undefined, or its getters throw.
    const message = error === null || error === undefined ? String(error) : 'An error that cannot be read.';
    return { type: typeof error, message, stack: undefined, cause: undefined, aggregateErrors: undefined };
  }
}

function plainMembers(error: object): Record<string, unknown> {
  const isPlain = ([, value]: [string, unknown]) => ['string', 'number', 'boolean'].includes(typeof value);
  return typeof error === 'object' ? Object.fromEntries(Object.entries(error).filter(isPlain)) : {};
}
