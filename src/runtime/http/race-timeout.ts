/**
 * Gives the outcome of a promise, or what `onTimeout` gives when the time is over. A later outcome of the promise is
 * dropped.
 */
export function raceTimeout<T, L>(
  promise: Promise<T>,
  milliseconds: number,
  onTimeout: () => L | Promise<L>,
): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(onTimeout()), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
