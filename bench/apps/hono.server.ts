import { serve } from '@hono/node-server';
import { app } from './hono.js';

export const listen = (): Promise<number> =>
  new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port));
  });
