import type { Deadline } from '../http/request-access.js';
import { loadEventDetails } from './codecs/event-details.lazy.js';
import type { Invocation } from './invocation.js';

/** The longest time of a timer, in milliseconds; Node takes a longer one for 1. */
const LONGEST_TIMER = 0x7fff_ffff;

/**
 * When the reply must be ready: shortly before Lambda's deadline, after which the gateway sends an error of its own that
 * says nothing. A time that no timer can wait for (of an emulator, for example) is no deadline.
 */
export function deadlineOf({ context, deadlineMarginMs: margin }: Invocation<unknown>): Deadline | undefined {
  const ask: unknown = context?.getRemainingTimeInMillis;
  if (ask === undefined || ask === null) return undefined;
  if (typeof ask !== 'function') throw loadEventDetails().notAContext(typeof ask);
  const remaining = context!.getRemainingTimeInMillis();
  if (!(remaining >= 0 && remaining <= LONGEST_TIMER)) return undefined;
  return {
    at: Date.now() + remaining - margin,
    reason: `There was no reply ${margin} ms before Lambda's deadline`,
    grace: margin / 2,
  };
}
