import type { HttpRequest, RequestReader } from '../http/http-request.js';
import { deadlineOf } from './deadline.js';
import type { Invocation } from './event-codec.js';
import { idOf } from './event-parts.js';

/** What every source's requests have of the invocation that brought them. */
export const INVOCATION_READER = {
  id: idOf as (invocation: Invocation<never>) => string,
  deadline: deadlineOf,
  logFields: ({ coldStart }, request) => ({ traceId: traceIdOf(request), coldStart }),
} satisfies Partial<RequestReader<Invocation<never>>>;

/** X-Ray's header: the front end's own, else the one that Lambda sets for the invocation. */
function traceIdOf(request: HttpRequest): string | undefined {
  const own = process.env['_X_AMZN_TRACE_ID'];
  try {
    return request.headers['x-amzn-trace-id'] ?? own;
  } catch {
    // An event that somebody wrote by hand may be such that its headers cannot be read.
    return own;
  }
}
