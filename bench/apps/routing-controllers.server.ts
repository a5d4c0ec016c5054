import { createServer } from 'node:http';
import { listening } from './listening.js';
import { koa } from './routing-controllers.js';

export const listen = (): Promise<number> => listening(createServer(koa.callback()));
