import type { AppOptions } from '../app.js';
import type { RouteRecords } from '../declarations/records/route-records.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Interceptor } from '../http/interceptor.js';
import { isThenable } from '../http/is-thenable.js';
import { ownResult } from '../http/reply/body-owner.js';
import { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import { isAsyncIterable, isWebResponse } from '../http/reply/web-response.js';
import type { ReplyMaker } from './replies/reply-maker.js';

/** Passes each result through the interceptors of a route and of the app, before a reply is made of it. */
export function interceptResults(
  { interceptors: own = [] }: RouteRecords,
  { interceptors: ofApp = [] }: Readonly<AppOptions>,
  makeReply: ReplyMaker,
): ReplyMaker {
  const interceptors: readonly Interceptor[] = [...own, ...ofApp];
  function runFrom(first: number, result: unknown, request: HttpRequest): ReturnType<ReplyMaker> {
    let value = result;
    for (let i = first; i < interceptors.length && !isReply(value); i++) {
      value = interceptors[i]!(value, request);
      if (isThenable(value)) return Promise.resolve(value).then((settled) => runFrom(i + 1, settled, request));
    }
    // A page that an interceptor returned; those of handlers are settled before.
    if (lateReplies.makerOf?.(value) !== undefined) {
      return settleLate(value, request).then((settled) => makeReply(settled, request));
    }
    try {
      return makeReply(value, request);
    } catch (error) {
      // An interceptor may have returned a stream, which nobody else has.
      ownResult(value, request);
      throw error;
    }
  }
  return function interceptResult(result, request) {
    return runFrom(0, result, request);
  };
}

/** Whether a result is the reply, or its body in chunks: there is no value in it. */
function isReply(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof HttpReply || isWebResponse(value) || isAsyncIterable(value) || isGenerator(value);
}

function isGenerator(value: object): boolean {
  const { next, [Symbol.iterator]: iterate } = value as Partial<Generator>;
  return typeof next === 'function' && typeof iterate === 'function';
}
