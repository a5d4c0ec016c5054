import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { logLine } from '../local-lambda/gateway/log-line.js';

// `twodoors dev` loads this file into the server, before the app. It imports nothing that loads the app's packages.

// The command may be killed. Then the server ends too, so that the port is free again.
process.once('disconnect', () => process.exit());
// The command explains the error that ends the server.
process.on('uncaughtExceptionMonitor', ({ name, message }) => process.send?.({ error: { name, message } }));
// The command opens the browser.
subscribe('twodoors.server.listening', (server) => process.send?.({ url: (server as { url: string }).url }));
process.channel?.unref();

// Node.js publishes every request, so this works for `serve`, and for an app that is mounted in another server.
subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const { method = 'GET', url = '/' } = request;
  const start = performance.now();
  response.once('close', () => {
    const durationMs = performance.now() - start;
    const note = response.writableFinished ? undefined : 'the client left, or the response broke off';
    console.log(logLine({ gateway: 'koa', method, target: url, status: response.statusCode, durationMs, note }));
  });
});
