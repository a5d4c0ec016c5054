import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';
import { sendOverSocket } from '../../src/runtime/testing/socket-client.js';

/** Sends a GET to a Koa app of a test; the body of the reply, parsed where it is JSON. */
export async function send(koa: Koa, target: string, headers: Record<string, string>): Promise<unknown> {
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const fields = Object.entries(headers);
    const { body } = await sendOverSocket(port, { method: 'GET', target, headers: fields, body: new Uint8Array() });
    const text = Buffer.from(body).toString();
    return /^[[{]/.test(text) ? JSON.parse(text) : text;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
