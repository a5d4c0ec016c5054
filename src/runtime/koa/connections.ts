import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What a server knows of its connections. */
export interface Connections {
  /**
   * Closes those on which no request is under way (kept alive, or opened ahead and never used, as browsers do), and from
   * now on each as soon as it has had its answer.
   */
  closeIdle(): void;
}

/** Watches a server's connections. Node's own `closeIdleConnections` leaves those alone that never had a request. */
export function watchConnections(server: Server): Connections {
  const open = new Map<Socket, number>();
  let isClosing = false;
  server.on('connection', (socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = (open.get(socket) ?? 1) - 1;
      open.set(socket, count);
      if (isClosing && count === 0) socket.destroySoon();
    });
  });
  return {
    closeIdle() {
      isClosing = true;
      for (const [socket, count] of open) if (count === 0) socket.destroy();
    },
  };
}
