import type { RequestReader } from '../http/http-request.js';
import { deadlineOf } from './deadline.js';
import type { Invocation } from './event-codec.js';
import { idOf } from './event-parts.js';

/** What every source's requests have of the invocation that brought them. */
export const INVOCATION_READER = {
  id: idOf as (invocation: Invocation<never>) => string,
  deadline: deadlineOf,
  // X-Ray's header: the front end's own, else the one that Lambda sets for the invocation.
  logFields: ({ coldStart }, { headers }) => ({
    traceId: headers['x-amzn-trace-id'] ?? process.env['_X_AMZN_TRACE_ID'],
    coldStart,
  }),
} satisfies Partial<RequestReader<Invocation<never>>>;
