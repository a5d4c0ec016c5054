import { serve } from 'twodoors/koa';
import { app } from './twodoors/src/app.js';

export const listen = async (): Promise<number> => (await serve(app, { port: 0, host: '127.0.0.1' })).port;
