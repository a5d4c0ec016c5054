/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * How many turns of the microtask queue a promise gets before the first timer of the process. That timer costs Node.js
 * 0.45 ms of a cold start, and what waits for no I/O settles earlier; later timers cost next to nothing, and are set at once.
 */
const TURNS_BEFORE_FIRST = 24;
let hasTimers = false;

/** A promise with a time limit. */
interface Race {
  isPending: boolean;
  timer: NodeJS.Timeout | undefined;
  /** Ends the race when the time is over. */
  readonly expire: () => void;
}

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
    const race: Race = { isPending: true, timer: undefined, expire: () => resolve(onTimeout()) };
    promise.then(
      (value) => {
        stopTimer(race);
        resolve(value);
      },
      (error: unknown) => {
        stopTimer(race);
        reject(error);
      },
    );
    if (hasTimers) startTimer(race, milliseconds);
    else startFirstTimer(race, milliseconds);
  });
}

function startTimer(race: Race, milliseconds: number): void {
  hasTimers = true;
  race.timer = setTimeout(race.expire, milliseconds);
}

function stopTimer(race: Race): void {
  race.isPending = false;
  if (race.timer !== undefined) clearTimeout(race.timer);
}

/** No time passes for the timer meanwhile: the event loop is still in the same turn, where none could fire. */
async function startFirstTimer(race: Race, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  for (let turns = TURNS_BEFORE_FIRST; turns > 0 && race.isPending; turns--) await undefined;
  if (race.isPending) startTimer(race, end - Date.now());
}
