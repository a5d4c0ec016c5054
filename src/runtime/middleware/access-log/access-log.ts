import { addReplyStep, type ReplyStep } from '../../dispatch/reply-steps.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import { type HttpReply, isWhole } from '../../http/reply/http-reply.js';
import { readyMiddleware } from '../ready-middleware.js';
import { type AccessEntry, entryOf } from './access-entry.js';
import { toCommonLine, toJsonLine } from './access-line.js';
import { countChunks } from './counted-body.js';

/** What {@link accessLog} takes. */
export interface AccessLogOptions {
  /** `'json'`: one line of JSON; `'common'`: the Common Log Format; or a function. Default: `'json'`. */
  format?: 'json' | 'common' | ((entry: AccessEntry) => string) | undefined;
  /** Takes a line, without a line break. Default: `console.log`. */
  write?: ((line: string) => void) | undefined;
  /** Which requests are not logged, such as health checks. Default: none. */
  skip?: ((entry: AccessEntry) => boolean) | undefined;
  /** Whether the path is logged with its query, which may have secrets. Default: false. */
  query?: boolean | undefined;
}

/** A request that is not in the log yet. */
interface Pending {
  readonly options: AccessLogOptions;
  readonly startedAt: number;
  isWritten: boolean;
}

const pending = new WeakMap<HttpRequest, Pending>();

/**
 * Writes one line for each request: at the end of a streamed body, else when the reply leaves. What is sent in place of a
 * reply is what the log has: a 504 of a time-out, the 500 of a stream that fails before its first chunk. Put it first in
 * `use:`; requests that a middleware before it answers are not logged.
 *
 * @see https://httpd.apache.org/docs/2.4/logs.html#common
 * @example
 * ```ts
 * defineApp({ controllers, use: [accessLog({ skip: ({ path }) => path === '/health' })] });
 * ```
 */
export function accessLog(options: AccessLogOptions = {}): Middleware {
  const { format = 'json' } = options;
  const isFormat = format === 'json' || format === 'common' || typeof format === 'function';
  return readyMiddleware('accessLog', {
    settings: undefined,
    mistakes: isFormat
      ? []
      : [`format: ${JSON.stringify(format)} is neither 'json', 'common' nor a function. Correct it.`],
    isForApps: true,
    run(request, next) {
      // Read now, so that it is known later if the client has left.
      void request.signal;
      pending.set(request, { options, startedAt: performance.now(), isWritten: false });
      return next();
    },
  });
}

const logReply: ReplyStep = (request, reply) => {
  const state = pending.get(request);
  if (state === undefined || state.isWritten) return reply;
  const { body } = reply;
  if (isWhole(body)) {
    write(state, request, reply, sizeOf(body), false);
    return reply;
  }
  reply.body = countChunks(body, request, (bytes, isBroken) => write(state, request, reply, bytes, isBroken));
  return reply;
};

function sizeOf(body: string | Uint8Array | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}

/** Never throws: the reply is on its way. */
function write(state: Pending, request: HttpRequest, reply: HttpReply, bytes: number, isBroken: boolean): void {
  if (state.isWritten) return;
  state.isWritten = true;
  const { format = 'json', write: writeLine = console.log, skip, query = false } = state.options;
  try {
    const entry = entryOf(request, { status: reply.status, bytes, isBroken, startedAt: state.startedAt, query });
    if (skip?.(entry)) return;
    writeLine(format === 'json' ? toJsonLine(entry) : format === 'common' ? toCommonLine(entry) : format(entry));
  } catch (error) {
    console.error('twodoors: accessLog() could not write a line.', error);
  }
}

addReplyStep('access-log', logReply);
