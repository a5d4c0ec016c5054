import type { AppOptions } from '../app.js';

/** The start and the stop of an app. */
export interface Lifecycle {
  /** Whether requests need not wait: the app has started, or has no `onStart`. */
  readonly isStarted: boolean;
  /** Runs `onStart` once for all callers. A failure is not kept: the next caller tries again. */
  start(): Promise<void>;
  /** Gives up a start that hangs: the next caller tries again. */
  abandon(start: Promise<void>): void;
  /** Runs `onStop` once, if the app has started; waits for a start under way. */
  stop(): Promise<void>;
}

/** Makes the lifecycle of an app. */
export function createLifecycle({ onStart, onStop }: Readonly<AppOptions>): Lifecycle {
  let isStarted = onStart === undefined;
  let isStopped = false;
  let starting: Promise<void> | undefined;
  return {
    get isStarted() {
      return isStarted;
    },
    start() {
      if (isStarted) return Promise.resolve();
      if (starting !== undefined) return starting;
      const attempt = Promise.resolve()
        .then(onStart)
        .then(() => {
          isStarted = true;
        })
        .finally(() => {
          if (starting === attempt) starting = undefined;
        });
      starting = attempt;
      return attempt;
    },
    abandon(start) {
      if (starting === start) starting = undefined;
    },
    async stop() {
      // What a start under way has opened must be closed as well.
      await starting?.catch(() => {});
      if (!isStarted || isStopped) return;
      isStopped = true;
      await onStop?.();
    },
  };
}
