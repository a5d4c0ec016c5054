import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.js';

/** How long a client may go on sending after the reply, in milliseconds. */
const DRAIN_TIME = 1000;

/** The status of each error of Node's HTTP parser and of its timeouts; any other is a 400. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Replies to requests that Node cannot read, so that the client can read the reply: it sends the reply, half-closes the
 * connection, and reads what the client still sends for up to a second. A connection that is destroyed while the client
 * sends is reset, and the client loses the reply.
 */
export function replyToTransportErrors(server: Server, connections: Connections): void {
  const refused = new WeakSet<Socket>();
  server.on('clientError', (error: NodeJS.ErrnoException, duplex) => {
    const socket = duplex as Socket;
    if (refused.has(socket)) return;
    refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    stopReading(socket);
    const status = STATUSES[error.code ?? ''] ?? 400;
    afterReplies(connections.repliesOf(socket), (unread) => {
      // Once a reply has begun, only a connection that breaks off shows the client that something went wrong.
      if (unread?.headersSent) socket.destroy();
      else refuse(socket, status);
    });
  });
}

/** Drops what the client sends from here on, instead of parsing it. */
function stopReading(socket: Socket): void {
  const parsing = socket.listeners('data') as ((chunk: Uint8Array) => void)[];
  // A listener for data also takes the socket back from Node's parser, which reads it without listeners.
  socket.on('data', () => {});
  for (const listener of parsing) socket.off('data', listener);
  socket.resume();
}

/**
 * Waits for the replies to requests that came whole, which go first. Then calls `next` with the reply to the request that
 * could not be read to its end, if its head could be.
 */
function afterReplies(replies: ReadonlySet<ServerResponse>, next: (unread: ServerResponse | undefined) => void): void {
  const isWhole = ({ req }: { readonly req: IncomingMessage }) => req.complete;
  const last = [...replies].findLast(isWhole);
  const unread = [...replies].find((reply) => !isWhole(reply));
  if (last === undefined) next(unread);
  else last.once('close', () => next(unread));
}

function refuse(socket: Socket, status: number): void {
  if (!socket.writable) return;
  const title = STATUS_CODES[status]!;
  const problem = JSON.stringify({ type: 'about:blank', title, status });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nconnection: close\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${problem.length}\r\n\r\n${problem}`,
  );
  const timer = setTimeout(() => socket.destroy(), DRAIN_TIME);
  socket.once('close', () => clearTimeout(timer)).once('end', () => socket.destroy());
}
