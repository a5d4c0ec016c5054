import serverless from 'serverless-http';
import { koa } from './koa.js';

export const handler = serverless(koa);
