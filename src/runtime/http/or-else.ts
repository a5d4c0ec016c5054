/**
 * What comes first: what a promise comes to, or what `late` gives when the time is over. What the promise does after that
 * is dropped.
 */
export function orElse<T, L>(promise: Promise<T>, milliseconds: number, late: () => L | Promise<L>): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late()), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
