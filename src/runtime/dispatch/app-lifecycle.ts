import type { AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { exchangeOf } from './exchange.js';
import type { Lifecycle } from './lifecycle.js';
import { limitTime, type Stage, type TimeLimits } from './time/timeout.js';

const START: Stage = { subject: 'onStart', grace: 100 };

/** Makes the lifecycle of an app with `onStart` or `onStop`. */
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

/**
 * Replies to a request once the app has started. A failure replaces what the target leads to, and the next request tries
 * again.
 *
 * @param handle never throws and never rejects
 */
export async function handleOnceStarted<Starting extends TimeLimits>(
  app: Starting,
  lifecycle: Lifecycle,
  request: HttpRequest,
  handle: (app: Starting, request: HttpRequest) => HttpReply | Promise<HttpReply>,
): Promise<HttpReply> {
  const start = lifecycle.start();
  let isWaiting = true;
  const reply = start
    .catch((error: unknown) => {
      exchangeOf(request).startFailure = { error };
    })
    .then(() => {
      isWaiting = false;
      return handle(app, request);
    });
  try {
    return await limitTime(reply, request, START, app);
  } finally {
    if (isWaiting) lifecycle.abandon(start);
  }
}
