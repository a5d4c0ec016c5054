import { sharedByCopies } from '../identity/copies.js';

/** How far the clock of the app is ahead of this machine's, in milliseconds; tests move it. */
export const clockOffset = sharedByCopies('clock', () => ({ milliseconds: 0 }));

/**
 * The time for what expires, such as sessions, signed cookies and tokens, in milliseconds since 1970: `Date.now()`, unless a
 * test has moved the clock.
 */
export function currentTime(): number {
  return Date.now() + clockOffset.milliseconds;
}
