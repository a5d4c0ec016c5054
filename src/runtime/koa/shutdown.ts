import type { Server } from 'node:http';
import type { Interruptions } from '../dispatch/time/interruptions.js';
import type { Connections } from './connections.js';

/** How long an interrupted request has to send its 503, in milliseconds. */
const INTERRUPTED_GRACE = 500;
/** The longest time of a timer, in milliseconds; Node takes a longer one for 1. */
const LONGEST_TIMER = 0x7fff_ffff;

/**
 * Ends a server gracefully: takes no new connections, and resolves when the requests under way have their reply. Those
 * that take longer are interrupted with a 503.
 *
 * @param drainTimeout in milliseconds
 */
export function shutDown(
  server: Server,
  connections: Connections,
  interruptions: Interruptions,
  drainTimeout: number,
): Promise<void> {
  return new Promise((resolve) => {
    const interrupt = () => {
      interruptions.interrupt();
      timer = setTimeout(() => server.closeAllConnections(), INTERRUPTED_GRACE);
    };
    let timer = drainTimeout > LONGEST_TIMER ? undefined : setTimeout(interrupt, drainTimeout);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    connections.closeIdle();
  });
}
