/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * How many turns of the microtask queue a promise gets before the first timer of the process. That timer costs Node.js
 * 0.45 ms of a cold start, and what waits for no I/O settles earlier; later timers cost next to nothing, and are set at once.
 */
const TURNS_BEFORE_FIRST = 24;
let hasTimers = false;

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
    const end = Date.now() + milliseconds;
    let isPending = true;
    let timer: NodeJS.Timeout | undefined;
    // No time passes for the timer meanwhile: the event loop is still in the same turn, where none could fire.
    function startTimer(turns: number): void {
      if (!isPending) return;
      if (turns > 0) {
        Promise.resolve(turns - 1).then(startTimer);
        return;
      }
      hasTimers = true;
      timer = setTimeout(() => resolve(onTimeout()), end - Date.now());
    }
    function stopTimer(): void {
      isPending = false;
      clearTimeout(timer);
    }
    promise.then(resolve, reject);
    promise.then(stopTimer, stopTimer);
    startTimer(hasTimers ? 0 : TURNS_BEFORE_FIRST);
  });
}
