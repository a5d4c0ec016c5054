import serverless from 'serverless-http';
import { koa } from './routing-controllers.js';

export const handler = serverless(koa);
