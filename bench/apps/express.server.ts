import { createServer } from 'node:http';
import { app } from './express.js';
import { listening } from './listening.js';

export const listen = (): Promise<number> => listening(createServer(app));
