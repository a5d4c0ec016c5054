import type { HttpRequest } from '../http-request.js';

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
  /** What to do, where the client got only the status of an error of another library. */
  readonly hint?: string;
  readonly err: LoggedError;
}

/**
 * Makes the log record of an error. Never throws, whatever was thrown. This file imports nothing but types: bundles have
 * it as a separate file.
 *
 * @param logFields what the door adds
 * @param status the reply's, where the client got nothing else of an error of another library
 */
export function toLogRecord(
  error: unknown,
  request: HttpRequest,
  logFields: Record<string, unknown> | undefined,
  status?: number,
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
    ...(status === undefined ? {} : { hint: hintFor(status) }),
    err,
  };
}

function hintFor(status: number): string {
  return (
    `The client got the status ${status}, but neither message nor headers: the error does not say "expose: true". ` +
    'To reply with more, throw an HttpError, or map the error in onError.'
  );
}

/** The record as one line of JSON. */
export function toLogLine(record: LogRecord): string {
  return escapeControls(JSON.stringify(record));
}

/**
 * The record for people: a line with the message, and the frames of a bug below it. Clients choose parts of messages, so
 * line breaks and terminal escapes are escaped.
 */
export function toLogText({ requestId, method, path, hint, err }: LogRecord): string {
  const head = `[${requestId}] ${method} ${path} ${summaryOf(err)}`;
  return hint === undefined
    ? [head, ...detailsOf(err)].map(escapeControls).join('\n')
    : escapeControls(`${head} ${hint}`);
}

const NAMED = new Set(['type', 'name', 'message', 'stack', 'cause', 'aggregateErrors']);

/** The type, the message and the other members, in one line. */
function summaryOf(err: LoggedError): string {
  const others = Object.entries(err).filter(([name]) => !NAMED.has(name));
  return `${err.type}: ${err.message}${others.length > 0 ? ` ${JSON.stringify(Object.fromEntries(others))}` : ''}`;
}

/** The frames of an error, and the errors behind it. */
function detailsOf({ stack, message, cause, aggregateErrors }: LoggedError, indent = ''): string[] {
  // What comes before the frames has the message, which may look like a frame.
  const frames = stack?.slice(stack.indexOf(message) + message.length).match(/^ {4}at .*$/gm) ?? [];
  const inner = [...(cause === undefined ? [] : [cause]), ...(aggregateErrors ?? [])];
  return [
    ...frames.map((frame) => indent + frame),
    ...inner.flatMap((each) => [`${indent}  caused by ${summaryOf(each)}`, ...detailsOf(each, `${indent}  `)]),
  ];
}

/** Escapes what would begin a new line, move a terminal's cursor or turn the direction of its text. */
function escapeControls(text: string): string {
  return text.replace(
    /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
