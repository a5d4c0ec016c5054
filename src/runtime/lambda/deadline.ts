import type { Deadline } from '../http/http-request.js';
import type { Invocation } from './event-codec.js';

/** When there must be an answer: shortly before Lambda's deadline, which would be a gateway's own error without a word. */
export function deadlineOf({ context, deadlineMarginMs: margin }: Invocation<unknown>): Deadline | undefined {
  const remaining = context?.getRemainingTimeInMillis?.();
  if (remaining === undefined) return undefined;
  return {
    at: Date.now() + remaining - margin,
    reason: `There was no answer ${margin} ms before Lambda's deadline`,
    grace: margin / 2,
  };
}
