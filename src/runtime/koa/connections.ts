import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, and their replies under way. */
export interface Connections {
  /** The replies under way of a connection, the oldest first; none where it is closed. */
  repliesOf(socket: Socket): ReadonlySet<ServerResponse>;
  /**
   * Closes the connections without a request under way: kept alive, or opened ahead and never used, as browsers do.
   * Each other connection is closed after its reply, which says so (`Connection: close`).
   */
  closeIdle(): void;
}

const NO_REPLIES: ReadonlySet<ServerResponse> = new Set();

/** Watches a server's connections. Node's own `closeIdleConnections` does not close those that never had a request. */
export function watchConnections(server: Server): Connections {
  const open = new Map<Socket, Set<ServerResponse>>();
  let isClosing = false;
  server.on('connection', (socket) => {
    open.set(socket, new Set());
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    // The connection may be gone already; then its entry must not come back.
    const replies = open.get(socket);
    if (replies === undefined) return;
    replies.add(response);
    if (isClosing) announceClose(response);
    response.once('close', () => {
      replies.delete(response);
      if (isClosing && replies.size === 0) socket.destroySoon();
    });
  });
  return {
    repliesOf: (socket) => open.get(socket) ?? NO_REPLIES,
    closeIdle() {
      isClosing = true;
      for (const [socket, replies] of open) {
        if (replies.size === 0) socket.destroy();
        else for (const reply of replies) announceClose(reply);
      }
    },
  };
}

/** So that the client does not send its next request on a connection that is about to close (RFC 9112 §9.6). */
function announceClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
