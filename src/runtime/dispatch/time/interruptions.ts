import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import type { FailingApp } from '../failing-app.js';
import { endEarly } from './early-end.js';

/** Ends exchanges early, for a server that has to shut down. */
export interface Interruptions {
  /**
   * Gives the same reply, or a 503 where an interruption comes first.
   *
   * @param grace how long after an interruption, in milliseconds
   */
  watch(reply: Promise<HttpReply>, request: HttpRequest, grace: number): Promise<HttpReply>;
  /** Ends all exchanges under way: each is a 503, and its request's signal fires. */
  interrupt(): void;
}

/** Makes interruptions for an app. */
export function createInterruptions(app: FailingApp): Interruptions {
  const underWay = new Set<() => void>();
  return {
    watch: (reply, request, grace) =>
      new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        const interrupt = () => {
          const end = () => resolve(endEarly(reply, request, 503, 'The server shuts down', app));
          timer = setTimeout(end, grace);
        };
        underWay.add(interrupt);
        const forget = () => {
          clearTimeout(timer);
          underWay.delete(interrupt);
        };
        reply.then(resolve, reject);
        reply.then(forget, forget);
      }),
    interrupt() {
      for (const interrupt of underWay) interrupt();
      underWay.clear();
    },
  };
}
