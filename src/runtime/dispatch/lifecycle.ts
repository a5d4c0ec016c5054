import type { AppOptions } from '../app.js';

/** An app's start and stop. */
export interface Lifecycle {
  /** Whether there is nothing to wait for: it has started, or has no `onStart`. */
  readonly isStarted: boolean;
  /** Runs `onStart` once, for all who ask; a failure is forgotten, and the next who asks tries again. */
  start(): Promise<void>;
  /** No longer waits for a start that hangs: the next who asks tries again. */
  abandon(start: Promise<void>): void;
  /** Runs `onStop`, once, if it has started. */
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
      if (!isStarted || isStopped) return;
      isStopped = true;
      await onStop?.();
    },
  };
}
