import { clockOffset, currentTime } from '../http/clock.js';

/**
 * The clock that expires sessions, signed cookies, tokens and the cookies of {@link TestClient}, in this process. Timers and
 * `Date.now()` are not moved.
 *
 * @example
 * ```ts
 * afterEach(() => clock.reset());
 * test('a session ends after a day', async () => {
 *   clock.advance(24 * 3600 + 1);
 *   expect((await client.open('/account')).status).toBe(401);
 * });
 * ```
 */
export const clock = {
  /** The time, in milliseconds since 1970. */
  now: (): number => currentTime(),
  /** Moves the clock forwards. @param seconds from 0 on */
  advance(seconds: number): void {
    if (!(seconds >= 0)) throw new RangeError(`clock.advance: ${seconds} is not a number of seconds from 0 on.`);
    clockOffset.milliseconds += seconds * 1000;
  },
  /** Sets the clock to a time. */
  set(time: Date): void {
    clockOffset.milliseconds = time.getTime() - (clockOffset.frozenAt ?? Date.now());
  },
  /** Stops the clock, so that signed cookies of the same data are the same; `advance` and `set` still move it. */
  freeze(): void {
    clockOffset.frozenAt = Date.now();
  },
  /** Sets the clock to this machine's again, and lets it run. */
  reset(): void {
    clockOffset.frozenAt = undefined;
    clockOffset.milliseconds = 0;
  },
};
