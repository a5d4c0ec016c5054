import { randomUUID } from 'node:crypto';
import { serve } from 'twodoors/koa';
import { app } from './app.js';

// The example starts without settings. An app of yours leaves this out: without its secret no session is to be trusted.
if (process.env['NODE_ENV'] !== 'development') process.env['SESSION_SECRET'] ??= randomUUID();

await serve(app, { port: Number(process.env['PORT'] ?? 3000) });
