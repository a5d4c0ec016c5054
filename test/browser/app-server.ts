import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { App } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { type DoorName, gateways } from 'twodoors/testing';

/** A server on the loopback that a browser can open. */
export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves an app by plain http, through one of its doors. */
export function serveApp(app: App, door: DoorName): Promise<PageServer> {
  return listen(door === 'koa' ? toKoa(app).callback() : throughGateway(app, door));
}

/** Serves pages by their paths, as a site that is not the app's. */
export function servePages(pages: () => Readonly<Record<string, string>>): Promise<PageServer> {
  return listen((request, response) => {
    const page = pages()[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
}

/** What a gateway of AWS makes of each request and each result. */
function throughGateway(app: App, door: Exclude<DoorName, 'koa'>): RequestListener {
  const handler = createHandler(app);
  const gateway = gateways[door];
  return async (incoming, outgoing) => {
    const headers: [string, string][] = [];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      headers.push([incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!]);
    }
    const request = { method: incoming.method!, target: incoming.url!, headers, body: await buffer(incoming) };
    const context = { protocol: 'http' as const, sourceIp: '127.0.0.1' };
    const result: unknown = await handler(JSON.parse(JSON.stringify(gateway.toEvent(request, context))));
    const response = gateway.toResponse(JSON.parse(JSON.stringify(result)), request, context);
    outgoing.writeHead(response.status, response.headers.flat()).end(response.body);
  };
}

async function listen(listener: RequestListener): Promise<PageServer> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
