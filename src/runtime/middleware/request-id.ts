import { addReplyStep, type ReplyStep } from '../dispatch/reply-steps.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Middleware } from '../http/middleware.js';
import { loadRequestParts } from '../http/request/request-parts.lazy.js';
import { readyMiddleware, settingsOf } from './ready-middleware.js';

/** What {@link requestId} takes. */
export interface RequestIdOptions {
  /** The header of the reply, and of requests whose id is trusted. Default: `x-request-id`. */
  header?: string | undefined;
  /**
   * Whether the id in a request's header is taken: `true` behind a proxy that sets it, or a function. An id of other
   * characters than letters, digits and `. _ : = + / @ -`, or longer than 128, is not. Default: false.
   */
  trust?: boolean | ((request: HttpRequest) => boolean) | undefined;
}

interface Settings {
  readonly header: string;
}

const ID = /^[\w.:=+/@-]{1,128}$/;

/**
 * Sends the id of each request with its reply: `request.id`, which is in log records and in the reply to a bug. It is the
 * gateway's or Lambda's own id, or a UUID, unless the client's is trusted.
 *
 * @example
 * ```ts
 * defineApp({ controllers, use: [requestId({ trust: (request) => request.client.address === '10.0.0.1' })] });
 * ```
 */
export function requestId(options: RequestIdOptions = {}): Middleware {
  const { header = 'x-request-id', trust = false } = options;
  const name = String(header).toLowerCase();
  const isName = /^[!#$%&'*+\-.^_`|~\w]+$/.test(name);
  return readyMiddleware('requestId', {
    settings: { header: name } satisfies Settings,
    mistakes: isName ? [] : [`${JSON.stringify(header)} is not the name of a header. Correct it.`],
    isForApps: true,
    run(request, next) {
      const sent = request.headers[name];
      const isTrusted = typeof trust === 'function' ? trust(request) : trust;
      if (isTrusted && sent !== undefined && ID.test(sent)) loadRequestParts().setRequestId(request, sent);
      return next();
    },
  });
}

const sendId: ReplyStep = (request, reply) => {
  const settings = settingsOf<Settings>('requestId', request);
  // The id in a hand-made event may be anything.
  if (settings !== undefined && /^[!-~]+$/.test(request.id)) reply.headers[settings.header] = request.id;
  return reply;
};

addReplyStep('request-id', sendId);
