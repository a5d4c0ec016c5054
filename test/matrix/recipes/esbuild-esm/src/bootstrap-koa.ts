import '../build/views.js';
import { serve } from 'twodoors/koa';
import { app } from './app.js';

await serve(app, { port: Number(process.env['PORT'] ?? 3000) });
