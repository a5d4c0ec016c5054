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
