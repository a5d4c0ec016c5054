import { sharedByCopies } from '../identity/copies.js';

/** What tests do to the clock of the app. */
interface ClockOffset {
  /** How far it is ahead of this machine's, in milliseconds. */
  milliseconds: number;
  /** The time of this machine at which it stands still; undefined while it runs. */
  frozenAt: number | undefined;
}

/** The clock of the app, compared with this machine's. */
export const clockOffset = sharedByCopies<ClockOffset>('clock', { milliseconds: 0, frozenAt: undefined });

/**
 * The time for what expires, such as sessions, signed cookies and tokens, in milliseconds since 1970: `Date.now()`, unless a
 * test has moved the clock.
 */
export function currentTime(): number {
  return (clockOffset.frozenAt ?? Date.now()) + clockOffset.milliseconds;
}
