import type { HttpRequest } from './http-request.js';

/** An error as a log line has it; its own members that are plain (`code`, `status`) stand beside these. */
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
 * One line of the log, in the shape of pino's: plain data, so that any logger can write it as JSON.
 *
 * @see https://github.com/pinojs/pino/blob/main/docs/api.md
 */
export interface LogRecord {
  /** 50, which is pino's `error`. */
  readonly level: number;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly msg: string;
  /** As in the answer to a bug; on Lambda the invocation's own. */
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** X-Ray's header, behind Lambda, where there is one. */
  readonly traceId?: string;
  /** Behind Lambda: whether it is the first request of this process. */
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

/** @param depth how many causes below each other are told */
function toLoggedError(error: unknown, depth = 5): LoggedError {
  const inner = (cause: unknown) => toLoggedError(cause, depth - 1);
  try {
    const { name, message, stack, cause, errors } = error as AggregateError;
    const isAggregate = error instanceof AggregateError && depth > 1;
    return {
      ...plainMembers(error as object),
      type: String(name ?? typeof error),
      message: String(message ?? error),
      // JSON leaves out what is undefined.
      stack: stack === undefined ? stack : String(stack),
      cause: cause === undefined || depth === 1 ? undefined : inner(cause),
      aggregateErrors: isAggregate ? errors.map(inner) : undefined,
    };
  } catch {
    // null and undefined have no members; of other things the getters threw.
    const message = error === null || error === undefined ? String(error) : 'An error that cannot be read.';
    return { type: typeof error, message, stack: undefined, cause: undefined, aggregateErrors: undefined };
  }
}

function plainMembers(error: object): Record<string, unknown> {
  const isPlain = ([, value]: [string, unknown]) => ['string', 'number', 'boolean'].includes(typeof value);
  return typeof error === 'object' ? Object.fromEntries(Object.entries(error).filter(isPlain)) : {};
}
