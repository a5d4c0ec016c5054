import { createServer } from 'node:http';
import { koa } from './koa.js';
import { listening } from './listening.js';

export const listen = (): Promise<number> => listening(createServer(koa.callback()));
