import type { AppOptions } from '../app.js';

/** An app's start and stop. */
export interface Lifecycle {
  /** Whether there is nothing to wait for: it has started, or has no `onStart`. */
  readonly isStarted: boolean;
  /** Runs `onStart` once, for all who ask; a failure is forgotten, and the next who asks tries again. */
  start(): Promise<void>;
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
      starting ??= Promise.resolve()
        .then(onStart)
        .then(() => {
          isStarted = true;
        })
        .finally(() => {
          starting = undefined;
        });
      return starting;
    },
    async stop() {
      if (!isStarted || isStopped) return;
      isStopped = true;
      await onStop?.();
    },
  };
}
