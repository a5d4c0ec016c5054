/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Gives the outcome of a promise, or what `onTimeout` gives when the time is over. A later outcome of the promise is
 * dropped.
 *
 * @param milliseconds more than a timer can wait, such as `Infinity`, is no limit
 */
export function raceTimeout<T, L>(
  promise: Promise<T>,
  milliseconds: number,
  onTimeout: () => L | Promise<L>,
): Promise<T | L> {
  if (milliseconds > LONGEST_TIMER) return promise;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(onTimeout()), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
