import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Interruptions } from '../dispatch/interruptions.js';

/** How long an interrupted request has to send its 503, in milliseconds. */
const INTERRUPTED_GRACE = 500;

/** Ends a server gracefully. */
export interface Shutdown {
  /**
   * Takes no new connections, and resolves when the requests under way have their reply. Those that take longer are
   * interrupted with a 503.
   *
   * @param drainTimeout in milliseconds
   */
  close(drainTimeout: number): Promise<void>;
}

/** Watches a server's connections from its start, so that it can be shut down. */
export function prepareShutdown(server: Server, interruptions: Interruptions): Shutdown {
  const connections = watchConnections(server);
  return {
    close(drainTimeout) {
      return new Promise((resolve) => {
        let timer = setTimeout(() => {
          interruptions.interrupt();
          timer = setTimeout(() => server.closeAllConnections(), INTERRUPTED_GRACE);
        }, drainTimeout);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        connections.closeIdle();
      });
    },
  };
}

interface Connections {
  /**
   * Closes the connections without a request under way: kept alive, or opened ahead and never used, as browsers do.
   * From now on each other connection is closed after its reply.
   */
  closeIdle(): void;
}

/** Node's own `closeIdleConnections` does not close connections that never had a request. */
function watchConnections(server: Server): Connections {
  const underWay = new Map<Socket, number>();
  let isClosing = false;
  server.on('connection', (socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = (underWay.get(socket) ?? 1) - 1;
      underWay.set(socket, count);
      if (isClosing && count === 0) socket.destroySoon();
    });
  });
  return {
    closeIdle() {
      isClosing = true;
      for (const [socket, count] of underWay) if (count === 0) socket.destroy();
    },
  };
}
